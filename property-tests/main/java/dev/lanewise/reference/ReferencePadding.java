// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

import java.util.Objects;

/**
 * Rows and columns around an image, and what they hold.
 *
 * @param top rows above
 * @param left columns before
 * @param bottom rows below
 * @param right columns after
 * @param mode where their contents come from
 * @param value their contents under {@link Mode#CONSTANT}
 */
public record ReferencePadding(int top, int left, int bottom, int right, Mode mode, double value) {

  /** What the added rows and columns hold. */
  public enum Mode {
    /** {@code v v | a b c d | v v}. */
    CONSTANT,
    /** {@code c b | a b c d | c b}. */
    REFLECT,
    /** {@code a a | a b c d | d d}. */
    REPLICATE,
    /** {@code c d | a b c d | a b}. */
    CIRCULAR
  }

  /** No rows, no columns. */
  public static final ReferencePadding NONE = zeros(0, 0, 0, 0);

  private static final int NOWHERE = -1;

  /**
   * Checks the amounts.
   *
   * @throws IllegalArgumentException if an amount is negative
   */
  public ReferencePadding {
    Objects.requireNonNull(mode, "mode");
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException(
          "negative padding: %d, %d, %d, %d".formatted(top, left, bottom, right));
    }
  }

  /**
   * Zeros.
   *
   * @param top rows above
   * @param left columns before
   * @param bottom rows below
   * @param right columns after
   * @return the padding
   */
  public static ReferencePadding zeros(int top, int left, int bottom, int right) {
    return new ReferencePadding(top, left, bottom, right, Mode.CONSTANT, 0);
  }

  ReferencePadding withValue(double newValue) {
    return new ReferencePadding(top, left, bottom, right, mode, newValue);
  }

  Shape padded(Shape image) {
    return new Shape(
        image.size0(), image.size1(), top + image.size2() + bottom, left + image.size3() + right);
  }

  /** The images with their padding around them. */
  double[] pad(Shape image, double[] elements) {
    double[] padded = padded(image).zeros();
    forEachPadded(image, (from, to) -> padded[to] = from == NOWHERE ? value : elements[from]);
    return padded;
  }

  /**
   * The adjoint of {@link #pad}: each padded element's gradient goes to the element it is a copy
   * of; the constant's goes nowhere.
   */
  double[] padBackward(Shape image, double[] gradPadded) {
    double[] gradImage = image.zeros();
    forEachPadded(
        image,
        (from, to) -> {
          if (from != NOWHERE) {
            gradImage[from] += gradPadded[to];
          }
        });
    return gradImage;
  }

  /** The most copies that one element has in the padded image, itself counted. */
  int mostCopies(Shape image) {
    return mostCopies(image.size2(), top, bottom) * mostCopies(image.size3(), left, right);
  }

  private int mostCopies(int size, int before, int after) {
    int[] copies = new int[size];
    int most = 0;
    for (int index = -before; index < size + after; index++) {
      int from = source(index, size);
      if (from != NOWHERE) {
        most = Math.max(most, ++copies[from]);
      }
    }
    return most;
  }

  @FunctionalInterface
  private interface Copy {
    void of(int from, int to);
  }

  private void forEachPadded(Shape image, Copy copy) {
    Shape padded = padded(image);
    for (int n = 0; n < padded.size0(); n++) {
      for (int c = 0; c < padded.size1(); c++) {
        for (int h = 0; h < padded.size2(); h++) {
          for (int w = 0; w < padded.size3(); w++) {
            int sourceH = source(h - top, image.size2());
            int sourceW = source(w - left, image.size3());
            int from =
                sourceH == NOWHERE || sourceW == NOWHERE
                    ? NOWHERE
                    : image.index(n, c, sourceH, sourceW);
            copy.of(from, padded.index(n, c, h, w));
          }
        }
      }
    }
  }

  private int source(int index, int size) {
    if (index >= 0 && index < size) {
      return index;
    }
    return switch (mode) {
      case CONSTANT -> NOWHERE;
      case REFLECT -> Objects.checkIndex(index < 0 ? -index : 2 * (size - 1) - index, size);
      case REPLICATE -> index < 0 ? 0 : size - 1;
      case CIRCULAR -> Math.floorMod(index, size);
    };
  }
}
