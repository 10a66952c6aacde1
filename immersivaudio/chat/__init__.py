"""What a chat frontend and its delivery adapter must agree on: buttons, platform limits, how text is cleaned.

`bot` and `worker` never import each other, so what both speak lies here. Knows no platform's library.
"""
