// SPDX-License-Identifier: Apache-2.0

/**
 * The blocked matrix product, from the outside in:
 *
 * <ol>
 *   <li>{@link dev.lanewise.internal.gemm.FloatGemmLoops} cuts m, n and k into {@link
 *       dev.lanewise.internal.gemm.Blocking blocks} that fit the caches;
 *   <li>{@link dev.lanewise.internal.gemm.FloatPanels} packs a block of B into micropanels, and
 *       {@link dev.lanewise.internal.gemm.FloatPackedRows} one of A into rows, unless they are read
 *       in place; what a panel is packed from is its own affair, which is how a convolution becomes
 *       a matrix product;
 *   <li>{@link dev.lanewise.internal.gemm.FloatMacrokernel} walks the microtiles of a block, which
 *       {@link dev.lanewise.internal.gemm.FloatTiles} chooses;
 *   <li>{@link dev.lanewise.internal.gemm.FloatMicrokernel} computes a few, one below the other. A
 *       good place to start reading.
 * </ol>
 *
 * <p>Tiles of a C that is no array go by way of one, in {@link
 * dev.lanewise.internal.gemm.FloatStagedTiles}, but those that can overwrite native memory; first
 * tiles may pack B, in {@link dev.lanewise.internal.gemm.FloatPackingTiles}.
 *
 * <p>Microkernels that write to native memory, or read all of it there ({@link
 * dev.lanewise.internal.gemm.FloatNativeProduct}), are made by the build of those on arrays.
 *
 * <p>Names and structure are those of BLIS (Van Zee and van de Geijn, ACM TOMS 41(3), 2015).
 */
package dev.lanewise.internal.gemm;
