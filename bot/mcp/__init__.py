"""A server of the Model Context Protocol: agents score and change clips, on the queue of all."""
