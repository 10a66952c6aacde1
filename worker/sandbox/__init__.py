"""The render process: started, limited, spoken to and killed."""
