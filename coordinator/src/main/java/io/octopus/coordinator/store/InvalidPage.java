package io.octopus.coordinator.store;

/** A list was asked for with a limit or a cursor that cannot be. */
public final class InvalidPage extends IllegalArgumentException {

  private final String field;

  InvalidPage(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The parameter that is wrong: {@code limit} or {@code cursor}. */
  public String field() {
    return field;
  }
}
