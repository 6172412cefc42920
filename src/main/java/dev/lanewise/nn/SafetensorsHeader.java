// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The head of a safetensors file: what each stretch of the data that follow is.
 *
 * <pre>{"0.weight":{"dtype":"F32","shape":[10,1,3,3],"data_offsets":[0,360]}, …}</pre>
 *
 * <p>Offsets are bytes from the first of the data. The stretches follow each other without a gap.
 * The key {@code __metadata__} holds strings and no tensor.
 *
 * <p>https://huggingface.co/docs/safetensors, section Format.
 */
final class SafetensorsHeader {
  static final String METADATA = "__metadata__";

  private final Map<String, Stretch> stretches;

  private SafetensorsHeader(Map<String, Stretch> stretches) {
    this.stretches = stretches;
  }

  /**
   * One tensor of the file.
   *
   * @param dtype the element type, such as {@code F32}
   * @param shape the size of each axis
   * @param begin its first byte
   * @param end the byte behind its last
   */
  record Stretch(String dtype, List<Long> shape, long begin, long end) {}

  Map<String, Stretch> stretches() {
    return stretches;
  }

  /** The bytes of data that follow. */
  long dataBytes() {
    return stretches.values().stream().mapToLong(Stretch::end).max().orElse(0);
  }

  /** The data of the entries one after the other. */
  static SafetensorsHeader of(Iterable<StateEntry> entries) {
    Map<String, Stretch> stretches = new LinkedHashMap<>();
    long begin = 0;
    for (StateEntry entry : entries) {
      long end = begin + entry.bytes();
      stretches.put(entry.name(), new Stretch(entry.dtype(), entry.shape(), begin, end));
      begin = end;
    }
    return new SafetensorsHeader(stretches);
  }

  /** The header as text, with the mark by which PyTorch's users know their files. */
  String format() {
    StringBuilder text = new StringBuilder("{\"").append(METADATA).append("\":{\"format\":\"pt\"}");
    stretches.forEach(
        (name, stretch) ->
            text.append(',')
                .append(quoted(name))
                .append(":{\"dtype\":\"")
                .append(stretch.dtype)
                .append("\",\"shape\":")
                .append(stretch.shape.toString().replace(" ", ""))
                .append(",\"data_offsets\":[")
                .append(stretch.begin)
                .append(',')
                .append(stretch.end)
                .append("]}"));
    return text.append('}').toString();
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if it is none, or its stretches overlap or leave a gap
   */
  static SafetensorsHeader parse(String text) {
    JsonCursor cursor = new JsonCursor(text);
    Map<String, Stretch> stretches = new LinkedHashMap<>();
    cursor.require('{');
    boolean more = !cursor.take('}');
    while (more) {
      String name = cursor.string();
      cursor.require(':');
      if (name.equals(METADATA)) {
        skipMetadata(cursor);
      } else if (stretches.put(name, stretch(cursor)) != null) {
        throw new IllegalArgumentException("two tensors are called " + name);
      }
      more = another(cursor, '}');
    }
    cursor.requireEnd();
    requireContiguous(stretches);
    return new SafetensorsHeader(stretches);
  }

  private static Stretch stretch(JsonCursor cursor) {
    String dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    cursor.require('{');
    do {
      String key = cursor.string();
      cursor.require(':');
      switch (key) {
        case "dtype" -> dtype = cursor.string();
        case "shape" -> shape = numbers(cursor);
        case "data_offsets" -> offsets = numbers(cursor);
        default -> throw new IllegalArgumentException("a tensor has no " + key);
      }
    } while (another(cursor, '}'));
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new IllegalArgumentException("a tensor needs a dtype, a shape and two data_offsets");
    }
    return new Stretch(dtype, shape, offsets.getFirst(), offsets.getLast());
  }

  private static List<Long> numbers(JsonCursor cursor) {
    List<Long> numbers = new ArrayList<>();
    cursor.require('[');
    boolean more = !cursor.take(']');
    while (more) {
      numbers.add(cursor.wholeNumber());
      more = another(cursor, ']');
    }
    return numbers;
  }

  private static void skipMetadata(JsonCursor cursor) {
    cursor.require('{');
    boolean more = !cursor.take('}');
    while (more) {
      cursor.string();
      cursor.require(':');
      cursor.string();
      more = another(cursor, '}');
    }
  }

  /** Takes the comma before one more, or the bracket behind the last. */
  private static boolean another(JsonCursor cursor, char bracket) {
    if (cursor.take(',')) {
      return true;
    }
    cursor.require(bracket);
    return false;
  }

  private static void requireContiguous(Map<String, Stretch> stretches) {
    List<Stretch> inOrder = new ArrayList<>(stretches.values());
    inOrder.sort(Comparator.comparingLong(Stretch::begin).thenComparingLong(Stretch::end));
    long next = 0;
    for (Stretch stretch : inOrder) {
      if (stretch.begin != next || stretch.end < next) {
        throw new IllegalArgumentException(
            "data_offsets [%d, %d] where [%d, …] is next"
                .formatted(stretch.begin, stretch.end, next));
      }
      next = stretch.end;
    }
  }

  private static String quoted(String name) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }
}
