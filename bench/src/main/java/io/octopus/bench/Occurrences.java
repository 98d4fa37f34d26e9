package io.octopus.bench;

/** Counts a piece of text in another. */
final class Occurrences {

  private Occurrences() {}

  static int of(String piece, String text) {
    int count = 0;
    for (int at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length())) {
      count++;
    }
    return count;
  }
}
