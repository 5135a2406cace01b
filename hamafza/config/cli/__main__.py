import sys

from hamafza.config.cli import main

sys.exit(main())
