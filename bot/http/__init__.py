"""What the page, the API and the MCP server share: socket, limits of connections, the address of a client."""
