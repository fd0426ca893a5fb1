"""How what people say of a report is read."""
