"""Who somebody is (tokens, sessions, a provider, a proxy's header), and whether they may do what they ask."""
