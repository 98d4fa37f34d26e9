package io.octopus.bench;

/** A command's arguments, each with what is taken when it is not given. */
final class Arguments {

  private Arguments() {}

  static String at(String[] arguments, int index, String otherwise) {
    return index < arguments.length ? arguments[index] : otherwise;
  }

  static int number(String[] arguments, int index, int otherwise) {
    return Integer.parseInt(at(arguments, index, String.valueOf(otherwise)));
  }
}
