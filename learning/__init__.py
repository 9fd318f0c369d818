"""How the weights of rules/weights/ are learned; not part of the installed package."""
