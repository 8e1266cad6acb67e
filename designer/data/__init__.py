"""The data workspace: choosing a data source, and seeing what it holds."""
