// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.reference;

/** One of the products a convolution sums: which elements it multiplies, and where the sum goes. */
@FunctionalInterface
interface Product {
  void of(int input, int weight, int output);
}
