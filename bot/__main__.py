"""`python -m bot`: the same as the script `faqbot`."""

from bot.cli import main

main(prog_name="python -m bot")
