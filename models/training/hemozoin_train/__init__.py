"""Training code of the two falciparum detectors. A tool for developers: the engine never needs it."""
