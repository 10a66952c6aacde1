"""The delivery adapter for Telegram."""
