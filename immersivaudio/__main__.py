"""`python -m immersivaudio`."""

from immersivaudio.cli import main

if __name__ == "__main__":
    main()
