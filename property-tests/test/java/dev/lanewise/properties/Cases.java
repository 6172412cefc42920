// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import dev.lanewise.reference.ReferenceConvolution;
import dev.lanewise.reference.ReferenceFold;
import dev.lanewise.reference.ReferenceGemm;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferencePadding.Mode;
import dev.lanewise.reference.ReferenceUnfold;
import dev.lanewise.reference.ReferenceWindow;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Random sizes, legal by construction and cheap enough for the naive loops.
 *
 * <p>Most are small with every parameter at play. Some have a 1×1 window. Some are deep, with sums
 * around the ends of the blocks that a matrix product is cut into, and some are wide, with more
 * pixels than one block has columns; both are plain otherwise.
 */
final class Cases {
  /** Products and elements of a small case: at some nanoseconds each, thousands a minute. */
  private static final long BUDGET = 30_000;

  private static final int LARGEST_IMAGE = 33;
  private static final int LARGEST_WIDE_IMAGE = 40;
  private static final int SMALLEST_WIDE_IMAGE = 16;
  private static final int LARGEST_DEEP_IMAGE = 7;

  private Cases() {}

  /** What padding holds, drawn by itself. */
  private record Fill(Mode mode, int value) {
    static final Fill ZEROS = new Fill(Mode.CONSTANT, 0);

    static Arbitrary<Fill> any() {
      return Combinators.combine(Arbitraries.of(Mode.class), Arbitraries.of(0, 1, -2, 3))
          .as((mode, value) -> new Fill(mode, mode == Mode.CONSTANT ? value : 0));
    }

    boolean reflects() {
      return mode == Mode.REFLECT;
    }
  }

  /** Sizes to an operator. */
  @FunctionalInterface
  private interface Maker<R> {
    R make(Channels channels, Axis vertical, Axis horizontal);
  }

  static Arbitrary<ReferenceConv2d> conv2d() {
    return Arbitraries.frequencyOf(
        Tuple.of(7, conv2d(BUDGET)),
        Tuple.of(2, pointwise((c, v, h) -> conv2d(c, v, h, Fill.ZEROS))),
        Tuple.of(2, depthwise((c, v, h) -> conv2d(c, v, h, Fill.ZEROS))),
        Tuple.of(2, plain((c, v, h) -> conv2d(c, v, h, Fill.ZEROS))));
  }

  /** With every parameter at play and at most so many products and elements. */
  static Arbitrary<ReferenceConv2d> conv2d(long budget) {
    return Combinators.combine(
            Channels.any(), Axis.any(LARGEST_IMAGE), Axis.any(LARGEST_IMAGE), Fill.any())
        .as(
            (channels, vertical, horizontal, fill) ->
                affordable(
                    budget, channels, vertical, horizontal, (c, v, h) -> conv2d(c, v, h, fill)));
  }

  static Arbitrary<ReferenceConvTranspose2d> convTranspose2d() {
    return Arbitraries.frequencyOf(
        Tuple.of(7, convTranspose2d(BUDGET)),
        Tuple.of(2, pointwise(Cases::convTranspose2d)),
        Tuple.of(2, depthwise(Cases::convTranspose2d)),
        Tuple.of(2, plain(Cases::convTranspose2d)));
  }

  /** With every parameter at play and at most so many products and elements. */
  static Arbitrary<ReferenceConvTranspose2d> convTranspose2d(long budget) {
    return Combinators.combine(Channels.any(), Axis.any(LARGEST_IMAGE), Axis.any(LARGEST_IMAGE))
        .as((c, v, h) -> affordable(budget, c, v, h, Cases::convTranspose2d));
  }

  /** Windows of 3×3 without stride and dilation. */
  static Arbitrary<ReferenceConv2d> conv2dOf3x3() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            9,
            Combinators.combine(
                    Channels.any(),
                    Axis.threeTaps(1, LARGEST_IMAGE),
                    Axis.threeTaps(1, LARGEST_IMAGE),
                    Fill.any())
                .as(
                    (channels, vertical, horizontal, fill) ->
                        affordable(
                            BUDGET,
                            channels,
                            vertical,
                            horizontal,
                            (c, v, h) -> conv2d(c, v, h, fill)))),
        Tuple.of(1, inBands((c, v, h) -> conv2d(c, v, h, Fill.ZEROS))));
  }

  /** Windows of 3×3 without stride and dilation. */
  static Arbitrary<ReferenceConvTranspose2d> convTranspose2dOf3x3() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            9,
            Combinators.combine(
                    Channels.any(),
                    Axis.threeTaps(1, LARGEST_IMAGE),
                    Axis.threeTaps(1, LARGEST_IMAGE))
                .as((c, v, h) -> affordable(BUDGET, c, v, h, Cases::convTranspose2d))),
        Tuple.of(1, inBands(Cases::convTranspose2d)));
  }

  private static <R> Arbitrary<R> inBands(Maker<R> maker) {
    return Combinators.combine(
            Channels.forBands(),
            Axis.threeTaps(SMALLEST_WIDE_IMAGE, LARGEST_IMAGE),
            Axis.threeTaps(SMALLEST_WIDE_IMAGE, LARGEST_IMAGE))
        .as(maker::make);
  }

  static Arbitrary<ReferenceUnfold> unfold() {
    return Combinators.combine(
            Sizes.batch(),
            Sizes.between(1, 5),
            Axis.any(LARGEST_WIDE_IMAGE),
            Axis.any(LARGEST_WIDE_IMAGE),
            Fill.any())
        .as(
            (batch, channels, vertical, horizontal, fill) -> {
              Axis v = vertical.fitConvolution(fill.reflects());
              Axis h = horizontal.fitConvolution(fill.reflects());
              return new ReferenceUnfold(batch, channels, v.size(), h.size(), window(v, h, fill));
            });
  }

  static Arbitrary<ReferenceFold> fold() {
    return unfold()
        .map(
            unfold ->
                new ReferenceFold(
                    unfold.batch(),
                    unfold.channels(),
                    unfold.height(),
                    unfold.width(),
                    unfold.window()));
  }

  static Arbitrary<ReferenceGemm> gemm() {
    Arbitrary<Integer> any = Sizes.between(0, 40);
    Arbitrary<Integer> few = Sizes.between(1, 9);
    return Arbitraries.oneOf(
        gemm(any, any, any),
        gemm(few, Sizes.between(1, 100), few),
        gemm(Sizes.besideBlocks(60, 120, 240, 600), few, few),
        gemm(Sizes.besideBlocks(256), Sizes.besideBlocks(16, 32, 48), few),
        gemm(few, Sizes.besideBlocks(256, 512), few),
        gemm(few, few, Sizes.besideBlocks(256, 512, 1024)),
        gemm(few, Sizes.besideBlocks(64), Sizes.besideBlocks(512)));
  }

  private static Arbitrary<ReferenceGemm> gemm(
      Arbitrary<Integer> m, Arbitrary<Integer> n, Arbitrary<Integer> k) {
    Arbitrary<Integer> gap = Sizes.between(0, 5);
    Arbitrary<Boolean> transposed = Arbitraries.of(false, true);
    return Combinators.combine(m, n, k, transposed, transposed, gap, gap, gap)
        .as(
            (rows, columns, terms, transposeA, transposeB, gapA, gapB, gapC) ->
                new ReferenceGemm(
                    rows,
                    columns,
                    terms,
                    transposeA,
                    transposeB,
                    Math.max(1, transposeA ? rows : terms) + gapA,
                    Math.max(1, transposeB ? terms : columns) + gapB,
                    Math.max(1, columns) + gapC));
  }

  /**
   * With a 1×1 window: a product of matrices where it is on every pixel, which has an algorithm of
   * its own.
   */
  private static <R extends ReferenceConvolution> Arbitrary<R> pointwise(Maker<R> maker) {
    return Combinators.combine(
            Channels.any(), Axis.pointwise(LARGEST_IMAGE), Axis.pointwise(LARGEST_IMAGE))
        .as((c, v, h) -> affordable(BUDGET, c, v, h, maker));
  }

  /** With a window of 3×3 and filters for each channel, which has algorithms of its own. */
  private static <R extends ReferenceConvolution> Arbitrary<R> depthwise(Maker<R> maker) {
    return Arbitraries.of(1, 2)
        .flatMap(
            stride ->
                Combinators.combine(
                        Channels.depthwise(),
                        Axis.depthwise(stride, LARGEST_WIDE_IMAGE),
                        Axis.depthwise(stride, LARGEST_WIDE_IMAGE))
                    .as((c, v, h) -> affordable(BUDGET, c, v, h, maker)));
  }

  /** Deep or wide. */
  private static <R> Arbitrary<R> plain(Maker<R> maker) {
    return Arbitraries.oneOf(
        Combinators.combine(
                Channels.deep(),
                Axis.plain(1, LARGEST_DEEP_IMAGE),
                Axis.plain(1, LARGEST_DEEP_IMAGE))
            .as(maker::make),
        Combinators.combine(
                Channels.few(),
                Axis.plain(SMALLEST_WIDE_IMAGE, LARGEST_WIDE_IMAGE),
                Axis.plain(SMALLEST_WIDE_IMAGE, LARGEST_WIDE_IMAGE))
            .as(maker::make));
  }

  /** Smaller and smaller, until one of each is left or the naive loops can afford it. */
  private static <R extends ReferenceConvolution> R affordable(
      long budget, Channels channels, Axis vertical, Axis horizontal, Maker<R> maker) {
    R made = maker.make(channels, vertical, horizontal);
    while (cost(made) > budget) {
      if (vertical.size() * horizontal.size() * channels.largest() == 1) {
        return made;
      }
      if (Math.max(vertical.size(), horizontal.size()) > channels.largest()) {
        vertical = vertical.withSize(Math.ceilDiv(vertical.size(), 2));
        horizontal = horizontal.withSize(Math.ceilDiv(horizontal.size(), 2));
      } else {
        channels = channels.withLargestHalved();
      }
      made = maker.make(channels, vertical, horizontal);
    }
    return made;
  }

  /** Products and elements, for there are operands without products in an empty batch. */
  private static long cost(ReferenceConvolution made) {
    return made.products() + made.inputElements() + made.weightElements() + made.outputElements();
  }

  private static ReferenceConv2d conv2d(
      Channels channels, Axis vertical, Axis horizontal, Fill fill) {
    Axis v = vertical.fitConvolution(fill.reflects());
    Axis h = horizontal.fitConvolution(fill.reflects());
    return new ReferenceConv2d(
        channels.batch(),
        channels.in(),
        v.size(),
        h.size(),
        channels.out(),
        window(v, h, fill),
        channels.groups());
  }

  private static ReferenceConvTranspose2d convTranspose2d(
      Channels channels, Axis vertical, Axis horizontal) {
    Axis v = vertical.fitTransposed();
    Axis h = horizontal.fitTransposed();
    return new ReferenceConvTranspose2d(
        channels.batch(),
        channels.in(),
        v.size(),
        h.size(),
        channels.out(),
        window(v, h, Fill.ZEROS),
        v.outputPadding(),
        h.outputPadding(),
        channels.groups());
  }

  private static ReferenceWindow window(Axis vertical, Axis horizontal, Fill fill) {
    return new ReferenceWindow(
        vertical.kernel(),
        horizontal.kernel(),
        vertical.stride(),
        horizontal.stride(),
        vertical.dilation(),
        horizontal.dilation(),
        new ReferencePadding(
            vertical.before(),
            horizontal.before(),
            vertical.after(),
            horizontal.after(),
            fill.mode(),
            fill.value()));
  }
}
