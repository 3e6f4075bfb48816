"""Contracts in many hands: plans, beginnings, numberings and wordings, drawn apart from each other."""
