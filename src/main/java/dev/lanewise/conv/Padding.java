// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static dev.lanewise.conv.GeometryRules.require;
import static dev.lanewise.conv.GeometryRules.requirePadded;

import java.util.Objects;

/**
 * The rows and columns added around an input, in elements, and what they hold.
 *
 * <p>{@link #same()} and {@link #valid()} are rules rather than amounts: the geometry that uses
 * them works the amounts out from its sizes, so that the order in which it is described does not
 * matter.
 *
 * @param rule whether the four amounts are given or follow from the geometry
 * @param top rows above the input; 0 unless the rule is {@link Rule#EXPLICIT}
 * @param left columns before the input
 * @param bottom rows below the input
 * @param right columns after the input
 * @param mode what the added elements hold
 * @param value what they hold under {@link PaddingMode#CONSTANT}; 0 under the other modes
 */
public record Padding(
    Rule rule, int top, int left, int bottom, int right, PaddingMode mode, double value) {

  /** Where the four amounts come from. */
  public enum Rule {
    /** They are given. */
    EXPLICIT,
    /**
     * The output is ⌈input / stride⌉; an odd element goes below and to the right (TensorFlow, ONNX
     * SAME_UPPER).
     */
    SAME_UPPER,
    /** As {@link #SAME_UPPER}, but an odd element goes above and to the left (ONNX SAME_LOWER). */
    SAME_LOWER
  }

  private static final Padding NONE = of(0, 0, 0, 0);

  /**
   * Checks the amounts.
   *
   * @throws IllegalArgumentException if an amount is negative, or one is given that the rule or the
   *     mode has no use for
   * @throws NullPointerException if rule or mode is null
   */
  public Padding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(mode, "mode");
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException(
          "negative padding is not supported: padding=(top %d, left %d, bottom %d, right %d)"
              .formatted(top, left, bottom, right));
    }
    require(
        rule == Rule.EXPLICIT || (top == 0 && left == 0 && bottom == 0 && right == 0),
        "padding='same' works its amounts out, but got (top %d, left %d, bottom %d, right %d)",
        top,
        left,
        bottom,
        right);
    require(
        mode == PaddingMode.CONSTANT || value == 0,
        "only constant padding has a value, but got %s padding of %s",
        mode,
        value);
  }

  /**
   * The same number of zero rows and columns on every side.
   *
   * @param all elements per side
   * @return the padding
   */
  public static Padding of(int all) {
    return of(all, all, all, all);
  }

  /**
   * Zero rows above and below, zero columns on both sides.
   *
   * @param height rows above and rows below
   * @param width columns on the left and columns on the right
   * @return the padding
   */
  public static Padding of(int height, int width) {
    return of(height, width, height, width);
  }

  /**
   * Four independent amounts of zeros.
   *
   * @param top rows above
   * @param left columns before
   * @param bottom rows below
   * @param right columns after
   * @return the padding
   */
  public static Padding of(int top, int left, int bottom, int right) {
    return new Padding(Rule.EXPLICIT, top, left, bottom, right, PaddingMode.CONSTANT, 0);
  }

  /**
   * No padding: only whole windows count.
   *
   * @return the padding
   */
  public static Padding valid() {
    return NONE;
  }

  /**
   * As much as makes the output ⌈input / stride⌉, the odd element below and to the right.
   *
   * @return the padding
   */
  public static Padding same() {
    return new Padding(Rule.SAME_UPPER, 0, 0, 0, 0, PaddingMode.CONSTANT, 0);
  }

  /**
   * As {@link #same()}, the odd element above and to the left.
   *
   * @return the padding
   */
  public static Padding sameLower() {
    return new Padding(Rule.SAME_LOWER, 0, 0, 0, 0, PaddingMode.CONSTANT, 0);
  }

  /**
   * The same amounts holding something else.
   *
   * @param mode what the added elements hold
   * @return the padding
   */
  public Padding mode(PaddingMode mode) {
    return new Padding(rule, top, left, bottom, right, mode, 0);
  }

  /**
   * The same amounts holding a constant.
   *
   * @param value what the added elements hold
   * @return the padding
   */
  public Padding value(double value) {
    return new Padding(rule, top, left, bottom, right, PaddingMode.CONSTANT, value);
  }

  /** The amounts for one geometry: {@code before + after} elements per axis under a SAME rule. */
  Padding resolve(long totalHeight, long totalWidth) {
    if (rule == Rule.EXPLICIT) {
      return this;
    }
    requirePadded("height", totalHeight);
    requirePadded("width", totalWidth);
    int smallHeight = (int) totalHeight / 2;
    int smallWidth = (int) totalWidth / 2;
    int largeHeight = (int) totalHeight - smallHeight;
    int largeWidth = (int) totalWidth - smallWidth;
    boolean upper = rule == Rule.SAME_UPPER;
    return new Padding(
        Rule.EXPLICIT,
        upper ? smallHeight : largeHeight,
        upper ? smallWidth : largeWidth,
        upper ? largeHeight : smallHeight,
        upper ? largeWidth : smallWidth,
        mode,
        value);
  }
}
