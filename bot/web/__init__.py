"""The web page: a third frontend on the same queue. Only `page` and what imports it know gradio."""
