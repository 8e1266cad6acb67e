"""The document's file while it is open: held against a second window, watched for what others do to it."""
