"""Commands of the operator: submit a clip, delete a user's data."""
