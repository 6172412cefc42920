// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

/** How a parameter's gradient meets what its array already holds. */
public enum GradientMode {
  /** {@code gradient = new}; the old contents, NaN included, do not matter. */
  OVERWRITE,
  /** {@code gradient += new}, to sum over several backward calls. */
  ACCUMULATE
}
