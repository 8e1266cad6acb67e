"""What several layers share: bases whose subclasses add the parameters. The catalogue holds the subclasses alone."""
