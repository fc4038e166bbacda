"""The exam: questions with known answers, put to the bot, and how it did."""
