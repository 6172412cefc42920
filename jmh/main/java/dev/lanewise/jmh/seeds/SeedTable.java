// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

/**
 * A table of seed 004, and the fast and the naive time, in ms, that it gives for 10 samples of 8
 * channels, 10 of 16 and 100 of 16. Sizes of the pictures and the machine, a GPU, are not
 * comparable; the ratios are.
 */
public enum SeedTable {
  /** Nearest-neighbour upsampling, forward. */
  I("Nearest neighbour upsampling, forward", false, false),
  /** Nearest-neighbour upsampling, forward, loss and backward. */
  II("Nearest neighbour upsampling, forward and backward", false, true),
  /** Convolution, forward. */
  III("2D convolution, forward", true, false),
  /** Convolution, forward, loss and backward. */
  IV("2D convolution, forward and backward", true, true);

  /** Rows and columns of the pictures, which the seed does not give. */
  public static final int SIDE = 32;

  /** Rows and columns of the kernel, which the seed does not give; the padding keeps the size. */
  public static final int KERNEL = 3;

  /** How many times as many rows and columns upsampling makes. */
  public static final int SCALE = 2;

  private final String title;
  private final boolean convolution;
  private final boolean backward;

  SeedTable(String title, boolean convolution, boolean backward) {
    this.title = title;
    this.convolution = convolution;
    this.backward = backward;
  }

  /** What it is about. */
  public String title() {
    return title;
  }

  /** Whether it is about convolution, or else upsampling. */
  public boolean convolution() {
    return convolution;
  }

  /** Whether a loss and the gradients are computed as well. */
  public boolean backward() {
    return backward;
  }

  /** Rows and columns of the result. */
  public int outSide() {
    return convolution ? SIDE : SCALE * SIDE;
  }

  /**
   * A row of a table.
   *
   * @param samples in a batch
   * @param channels of the pictures and of the result
   */
  public record Size(int samples, int channels) {
    /** Parses {@code 10x8}: samples and channels. */
    public static Size parse(String text) {
      String[] parts = text.split("x");
      return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
      return "%d samples, C=%d".formatted(samples, channels);
    }
  }
}
