"""Networks read from the files they were published in, and handed to onnxruntime as ONNX.

Nothing here executes what is in a file: tables are looked up, numbers are copied, and the layers are written
down anew by our own code.
"""
