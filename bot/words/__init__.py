"""What people write after a result, in plain words: a wish, a question of order, a thank-you. Pure."""
