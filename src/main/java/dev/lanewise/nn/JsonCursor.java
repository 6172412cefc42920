// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/** Reads JSON piece by piece: the few kinds of value that a safetensors header is made of. */
final class JsonCursor {
  private final String text;
  private int position;

  JsonCursor(String text) {
    this.text = text;
  }

  /** Skips white space and takes {@code c} if it is next. */
  boolean take(char c) {
    skipSpace();
    boolean there = position < text.length() && text.charAt(position) == c;
    if (there) {
      position++;
    }
    return there;
  }

  /** As {@link #take}, for what must be next. */
  void require(char c) {
    if (!take(c)) {
      throw wrong("'" + c + "'");
    }
  }

  void requireEnd() {
    skipSpace();
    if (position < text.length()) {
      throw wrong("the end");
    }
  }

  String string() {
    require('"');
    StringBuilder characters = new StringBuilder();
    while (true) {
      char c = next("a string's end");
      if (c == '"') {
        return characters.toString();
      }
      if (c < ' ') {
        throw wrong("no control character");
      }
      characters.append(c == '\\' ? escaped() : c);
    }
  }

  /** A whole number from 0 to the greatest long. */
  long wholeNumber() {
    skipSpace();
    int start = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    try {
      return Long.parseLong(text, start, position, 10);
    } catch (NumberFormatException e) {
      throw wrong("a whole number");
    }
  }

  private char escaped() {
    char c = next("an escaped character");
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next("four hexadecimal digits"), 16);
          if (digit < 0) {
            throw wrong("four hexadecimal digits");
          }
          code = 16 * code + digit;
        }
        yield (char) code;
      }
      default -> throw wrong("an escaped character");
    };
  }

  private char next(String expected) {
    if (position == text.length()) {
      throw wrong(expected);
    }
    return text.charAt(position++);
  }

  private void skipSpace() {
    while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "expected %s at character %d".formatted(expected, position));
  }
}
