"""Reading an office's spreadsheet: file -> table -> mapping -> clean rows. No models, no database.

- `workbook.open_sheet` opens an XLSX or CSV file and finds the list in it (`header.find_header`);
- `columns.propose_mapping` says what each column means, whatever it is called (`phrases` holds the words);
- `rows.RowCleaner` turns a row into a `ClientRow`, with its refusals and warnings (`faults` holds their sentences).
"""
