"""The delivery driven at will against a modelled Leonar: presses, faults, crashes, decisions, restores in any order."""
