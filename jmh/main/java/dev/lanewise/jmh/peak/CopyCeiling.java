// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peak;

/** {@link System#arraycopy} of as many bytes as the operator moves, read and written: GB/s. */
final class CopyCeiling extends Ceiling {
  private static final long BYTES_PER_SLICE = 32L << 20;

  private final float[] from;
  private final float[] to;
  private final int copies;

  /**
   * @param bytes what the operator reads and writes in one call
   */
  CopyCeiling(long bytes) {
    int elements = Math.toIntExact(bytes / (2 * Float.BYTES));
    this.from = new float[elements];
    this.to = new float[elements];
    this.copies = (int) Math.ceilDiv(BYTES_PER_SLICE, bytes);
  }

  @Override
  public String unit() {
    return "GB/s";
  }

  @Override
  double slice() {
    long start = System.nanoTime();
    for (int i = 0; i < copies; i++) {
      System.arraycopy(from, 0, to, 0, from.length);
    }
    return 2.0 * Float.BYTES * from.length * copies / (System.nanoTime() - start);
  }
}
