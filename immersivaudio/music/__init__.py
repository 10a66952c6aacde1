"""The composer. Could live alone: a brief goes in, a score and its sound come out.

from immersivaudio import music
score = music.compose(brief)
rendering = music.render(score, folder)
"""
