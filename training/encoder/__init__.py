"""The recipe of the bundled encoder: many tasks, two teachers, one small student."""
