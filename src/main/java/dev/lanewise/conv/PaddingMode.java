// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import static dev.lanewise.conv.GeometryRules.require;

import dev.lanewise.internal.conv.AxisMap;

/** What the taps that fall outside the input read. */
public enum PaddingMode {
  /**
   * One value everywhere, 0 unless said otherwise: PyTorch's {@code zeros}, ONNX's {@code
   * constant}.
   */
  CONSTANT {
    @Override
    int outside(int index, int size) {
      return AxisMap.OUTSIDE;
    }
  },
  /**
   * The input mirrored at its border, the border itself not repeated: {@code c b | a b c d | c b}.
   */
  REFLECT {
    @Override
    int outside(int index, int size) {
      return index < 0 ? -index : 2 * (size - 1) - index;
    }

    @Override
    void requireFits(String axis, int size, int before, int after) {
      require(
          before < size && after < size,
          "Padding size should be less than the corresponding input dimension, but got:"
              + " reflect padding (%d, %d) at %s of size %d",
          before,
          after,
          axis,
          size);
    }
  },
  /** The nearest border element: {@code a a | a b c d | d d}. */
  REPLICATE {
    @Override
    int outside(int index, int size) {
      return index < 0 ? 0 : size - 1;
    }
  },
  /** The input repeated: {@code c d | a b c d | a b}. */
  CIRCULAR {
    @Override
    int outside(int index, int size) {
      return index < 0 ? index + size : index - size;
    }

    @Override
    void requireFits(String axis, int size, int before, int after) {
      require(
          before <= size && after <= size,
          "Padding value causes wrapping around more than once, but got:"
              + " circular padding (%d, %d) at %s of size %d",
          before,
          after,
          axis,
          size);
    }
  };

  /** The element that stands in for {@code index}, which lies outside {@code [0, size)}. */
  abstract int outside(int index, int size);

  /** Refuses amounts that would need an element the input does not have. */
  void requireFits(String axis, int size, int before, int after) {}
}
