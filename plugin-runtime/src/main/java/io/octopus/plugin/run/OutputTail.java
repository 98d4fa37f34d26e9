package io.octopus.plugin.run;

/** Remembers the last of an output: a failure's message shows it. */
final class OutputTail {

  private static final int LENGTH = 4000;

  private final StringBuilder text = new StringBuilder();

  void add(String more) {
    if (more.length() >= LENGTH) {
      text.setLength(0);
      text.append(more, more.length() - LENGTH, more.length());
      return;
    }
    text.append(more);
    if (text.length() > 2 * LENGTH) {
      text.delete(0, text.length() - LENGTH);
    }
  }

  @Override
  public String toString() {
    int start = Math.max(0, text.length() - LENGTH);
    if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }
}
