// SPDX-License-Identifier: Apache-2.0

/**
 * Winograd's minimal filtering, F(2×2, 3×3) and F(4×4, 3×3); in both directions.
 *
 * <p>A tile of m×m outputs is computed from (m + 2)×(m + 2) inputs. Input tile and filter are
 * transformed by small matrices; in the transformed space the convolution is a product of numbers
 * at each of (m + 2)² places, which summed over the input channels is one matrix product per place;
 * another small matrix brings the sum back. That takes (m + 2)²/(9·m²) of the multiplications of
 * the plain sum: 4/9 for m = 2 and 1/4 for m = 4.
 *
 * <ul>
 *   <li>{@link dev.lanewise.internal.conv.winograd.FloatWinograd}, the algorithm, where its source
 *       is cited; {@link dev.lanewise.internal.conv.winograd.UnitStrideShape} is what it sees of a
 *       convolution, {@link dev.lanewise.internal.conv.winograd.WinogradTiles} cuts planes into
 *       tiles and bands;
 *   <li>{@link dev.lanewise.internal.conv.winograd.FloatWinogradSource}, {@link
 *       dev.lanewise.internal.conv.winograd.FloatWinogradWeight} and {@link
 *       dev.lanewise.internal.conv.winograd.FloatWinogradTarget} transform the operands of a band,
 *       or of several small images;
 *   <li>{@link dev.lanewise.internal.conv.winograd.FloatTileTransform} holds the small matrices,
 *       {@link dev.lanewise.internal.conv.winograd.FloatTileProduct} the products: the kernels.
 * </ul>
 */
package dev.lanewise.internal.conv.winograd;
