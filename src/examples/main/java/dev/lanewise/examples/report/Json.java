// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.report;

import java.util.Iterator;
import java.util.Map;

/** Writes JSON: objects as maps, arrays as iterables, strings, numbers, booleans and null. */
public final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  /**
   * A value as text, a line for each member of an object; arrays of numbers and strings stay on one
   * line. Numbers that JSON does not have, NaN and the infinities, become null.
   *
   * @throws IllegalArgumentException if a value inside is of another type
   */
  public static String of(Map<String, ?> object) {
    Json json = new Json();
    json.value(object, "");
    return json.text.append('\n').toString();
  }

  private void value(Object value, String indent) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> object -> object(object, indent);
      case Iterable<?> array -> array(array, indent);
      case String string -> string(string);
      case Double number -> text.append(Double.isFinite(number) ? number.toString() : "null");
      case Integer number -> text.append(number);
      case Long number -> text.append(number);
      case Boolean truth -> text.append(truth);
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private void object(Map<?, ?> object, String indent) {
    String inner = indent + "  ";
    text.append('{');
    String separator = "\n";
    for (Map.Entry<?, ?> member : object.entrySet()) {
      text.append(separator).append(inner);
      string((String) member.getKey());
      text.append(": ");
      value(member.getValue(), inner);
      separator = ",\n";
    }
    text.append(object.isEmpty() ? "" : "\n" + indent).append('}');
  }

  private void array(Iterable<?> array, String indent) {
    String inner = indent + "  ";
    Iterator<?> values = array.iterator();
    text.append('[');
    boolean inLines = false;
    while (values.hasNext()) {
      Object value = values.next();
      inLines = value instanceof Map;
      text.append(inLines ? "\n" + inner : "");
      value(value, inner);
      text.append(values.hasNext() ? inLines ? "," : ", " : "");
    }
    text.append(inLines ? "\n" + indent : "").append(']');
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
