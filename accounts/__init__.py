"""Who is who: people, areas, organisations, memberships, sign-in, consent."""
