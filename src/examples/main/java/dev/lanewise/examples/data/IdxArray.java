// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes in the IDX format of the MNIST database.
 *
 * <p>The file is big-endian: the bytes 0, 0, 8 (unsigned bytes) and the number of dimensions, then
 * the size of each dimension in four bytes, then the values with the last dimension fastest.
 *
 * <p>Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
 */
final class IdxArray {
  private static final int UNSIGNED_BYTES = 0x800;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final int[] shape;
  private final byte[] values;

  private IdxArray(int[] shape, byte[] values) {
    this.shape = shape;
    this.values = values;
  }

  /** Size of one dimension; 0 is the slowest. */
  int size(int dimension) {
    return shape[dimension];
  }

  /** The values, the last dimension fastest; not a copy. */
  byte[] values() {
    return values;
  }

  /**
   * Reads one array, compressed by gzip or not, up to the end of the stream.
   *
   * @param in the stream; not closed
   * @param name how messages call the file
   * @param dimensions how many dimensions the array must have
   * @throws DataFileException if the stream is no IDX array of that many dimensions, is empty,
   *     stops early or goes on after its last value
   */
  static IdxArray read(InputStream in, String name, int dimensions) throws IOException {
    try {
      return readPlain(decompressed(in), name, dimensions);
    } catch (ZipException e) {
      throw new DataFileException(name, "damaged gzip data (" + e.getMessage() + ")", e);
    } catch (EOFException e) {
      throw new DataFileException(name, "truncated: the file ends too early", e);
    }
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    buffered.mark(2);
    int start = buffered.read() << 8 | buffered.read();
    buffered.reset();
    return start == GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private static IdxArray readPlain(InputStream in, String name, int dimensions)
      throws IOException {
    DataInputStream header = new DataInputStream(in);
    int magic = header.readInt();
    int expected = UNSIGNED_BYTES + dimensions;
    if (magic != expected) {
      throw new DataFileException(
          name,
          String.format(
              "magic number 0x%08x, expected 0x%08x (unsigned bytes in %d dimension%s)",
              magic, expected, dimensions, dimensions == 1 ? "" : "s"));
    }
    int[] shape = new int[dimensions];
    for (int d = 0; d < dimensions; d++) {
      shape[d] = header.readInt();
    }
    int length = length(shape, name);
    // Grows with what is read, so that a false header cannot ask for memory that the file does not
    // back.
    byte[] values = in.readNBytes(length);
    if (values.length < length) {
      throw new DataFileException(
          name,
          "truncated: "
              + values.length
              + " of the "
              + length
              + " values that its header promises ("
              + describe(shape)
              + ")");
    }
    if (in.read() >= 0) {
      throw new DataFileException(
          name,
          "goes on after the "
              + length
              + " values that its header promises ("
              + describe(shape)
              + ")");
    }
    return new IdxArray(shape, values);
  }

  private static int length(int[] shape, String name) throws DataFileException {
    long length = 1;
    for (int size : shape) {
      if (size <= 0) {
        throw new DataFileException(
            name,
            (size == 0 ? "empty" : "negative size") + " (its header says " + describe(shape) + ")");
      }
      length *= size;
      if (length > Integer.MAX_VALUE - Long.BYTES) {
        throw new DataFileException(name, "too large (its header says " + describe(shape) + ")");
      }
    }
    return (int) length;
  }

  private static String describe(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
  }
}
