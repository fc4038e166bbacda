"""`python -m bot`: the same as the script `faqbot`."""

from bot.cli import main

if __name__ == "__main__":  # and not in the process that draws pictures, which reads this file too
    main(prog_name="python -m bot")
