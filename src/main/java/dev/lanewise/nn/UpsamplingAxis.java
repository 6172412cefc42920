// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

/**
 * Nearest-neighbour upsampling along one axis. Element i of the output is element ⌊i / scale⌋ of
 * the input; there are ⌊scale · size⌋ of them.
 *
 * <p>Each element of the input goes to neighbours: element j to those from {@code starts[j]} to
 * before {@code starts[j + 1]}, which are none where a scale below 1 leaves it out.
 */
final class UpsamplingAxis {
  final int[] sources;
  final int[] starts;

  /** Whether every element is there exactly twice. */
  final boolean doubled;

  private UpsamplingAxis(int[] sources, int[] starts, boolean doubled) {
    this.sources = sources;
    this.starts = starts;
    this.doubled = doubled;
  }

  static UpsamplingAxis of(int size, double scale) {
    double scaled = Math.floor(size * scale);
    if (scaled > Integer.MAX_VALUE || scaled < 1 && size > 0) {
      throw new IllegalArgumentException(
          "Input and output sizes should be greater than 0 and fit an array, but got input size: %d"
                  .formatted(size)
              + " and output size: %.0f".formatted(scaled));
    }
    int[] sources = new int[(int) scaled];
    int[] starts = new int[size + 1];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = source(i, size, scale);
      starts[sources[i] + 1]++;
    }
    for (int j = 0; j < size; j++) {
      starts[j + 1] += starts[j];
    }
    return new UpsamplingAxis(sources, starts, scale == 2);
  }

  /**
   * PyTorch multiplies by the reciprocal in single precision, where not every index beyond 2²⁴
   * exists: the common factors do without. Only the factor decides, never the sizes it leads to:
   * 2.2 times 4 is 8 as well.
   */
  private static int source(int i, int size, double scale) {
    if (scale == 1) {
      return i;
    }
    if (scale == 2) {
      return i >> 1;
    }
    float reciprocal = (float) (1 / scale);
    return Math.min((int) (i * reciprocal), size - 1);
  }
}
