"""Contracts in many hands: plans of the page, ways to begin, numberings and wordings drawn apart from each other."""
