// SPDX-License-Identifier: Apache-2.0

/**
 * Kernels of Winograd's minimal filtering, F(2×2, 3×3) and F(4×4, 3×3).
 *
 * <p>A tile of m×m outputs is computed from (m + 2)×(m + 2) inputs. Input tile and filter are
 * transformed by small matrices; in the transformed space the convolution is a product of numbers
 * at each of (m + 2)² places, which summed over the input channels is one matrix product per place;
 * another small matrix brings the sum back. That takes (m + 2)²/(9·m²) of the multiplications of
 * the plain sum: 4/9 for m = 2 and 1/4 for m = 4. {@link
 * dev.lanewise.internal.winograd.FloatTileTransform} holds the small matrices, {@link
 * dev.lanewise.internal.winograd.FloatTileProduct} the products.
 */
package dev.lanewise.internal.winograd;
