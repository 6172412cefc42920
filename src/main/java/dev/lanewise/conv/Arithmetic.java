// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

/** How an output may be computed. */
public enum Arithmetic {
  /** Every output is a plain sum of products in a fixed order: the default. */
  EXACT_SUM,

  /**
   * Algorithms with fewer multiplications are allowed as well, where they are predicted to be
   * faster: for {@code forward} and {@code backwardInput} with 3×3 windows, stride 1 and dilation 1
   * Winograd's F(2×2, 3×3) and F(4×4, 3×3), which compute tiles of 2×2 or 4×4 outputs with 4/9 or
   * 1/4 of the multiplications. {@code explain()} says which was chosen. The same bits, but for the
   * sign of a zero, in every call, in heap and in native memory, for every split of the batch and
   * any number of threads.
   *
   * <p><b>Accuracy.</b> They add and subtract operands before they multiply. With S source channels
   * in a group (IC/groups, or OC/groups backwards), x the largest operand of a tile and w the
   * largest weight, each without its sign, an output differs from the exact sum by at most
   *
   * <pre>
   *   F(2×2, 3×3)   γ(S + 12) · ( 64 · S·x·w + |bias|)
   *   F(4×4, 3×3)   γ(S + 30) · (620 · S·x·w + |bias|)      γ(n) = n·u / (1 − n·u)
   *   plain sum     γ(9·S + 2) · (9 · S·x·w + |bias|)
   * </pre>
   *
   * <p>with u = 2⁻²⁴ for float and 2⁻⁵³ for double; on random data their errors are up to 2 and 9
   * times those of the plain sum. The factors are products of the absolute row sums of the
   * transforms (compare Barabasz, Anderson, Soodhalter and Gregg, Error Analysis and Improving the
   * Accuracy of Winograd Convolution for Deep Neural Networks, ACM TOMS 46(4), 2020). Where all
   * weights are multiples of 4 and 64·S·x·w stays below 2²⁴ (2⁵³), F(2×2, 3×3) is exact on
   * integers.
   *
   * <p><b>Infinity and NaN.</b> What is not finite in the plain sum is not finite here either, but
   * may be NaN where that is infinite. A number that is not finite also spreads as NaN: one of the
   * source to whole tiles that read it, one of the weight to all outputs of its channel. Other
   * outputs keep their bits. Operands beyond a thirtieth of the largest finite number may overflow.
   */
  FAST
}
