// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Makes the bytes of IDX files, good and bad. */
public final class IdxBytes {
  static final int IMAGES_MAGIC = 0x803;
  static final int LABELS_MAGIC = 0x801;

  private IdxBytes() {}

  /** A header with a magic number and sizes, then the values. */
  static byte[] file(int magic, int[] shape, byte[] values) {
    ByteBuffer file = ByteBuffer.allocate((1 + shape.length) * Integer.BYTES + values.length);
    file.putInt(magic);
    for (int size : shape) {
      file.putInt(size);
    }
    return file.put(values).array();
  }

  /** Images of {@code height} x {@code width} whose pixels count up from 0. */
  public static byte[] images(int count, int height, int width) {
    byte[] pixels = new byte[count * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return file(IMAGES_MAGIC, new int[] {count, height, width}, pixels);
  }

  /** Labels 0, 1, … 9, 0, 1, …. */
  public static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return file(LABELS_MAGIC, new int[] {count}, labels);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }
}
