// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import dev.lanewise.internal.conv.backwardweight.DoubleBroadcastTile;
import dev.lanewise.internal.conv.backwardweight.DoubleBroadcastTileOfSegment;
import dev.lanewise.internal.conv.backwardweight.DoubleDotTile;
import dev.lanewise.internal.conv.backwardweight.DoubleDotTileOfSegment;
import dev.lanewise.internal.conv.backwardweight.DoubleSlidingTile;
import dev.lanewise.internal.conv.backwardweight.FloatBroadcastTile;
import dev.lanewise.internal.conv.backwardweight.FloatBroadcastTileOfSegment;
import dev.lanewise.internal.conv.backwardweight.FloatDotTile;
import dev.lanewise.internal.conv.backwardweight.FloatDotTileOfSegment;
import dev.lanewise.internal.conv.backwardweight.FloatSlidingTile;
import dev.lanewise.internal.conv.depthwise.DoubleDepthwiseDots;
import dev.lanewise.internal.conv.depthwise.DoubleDepthwiseDotsOfSegments;
import dev.lanewise.internal.conv.depthwise.DoubleDepthwiseKernel;
import dev.lanewise.internal.conv.depthwise.DoubleDepthwiseKernelInSegments;
import dev.lanewise.internal.conv.depthwise.DoubleDepthwisePair;
import dev.lanewise.internal.conv.depthwise.DoubleDepthwisePairInSegments;
import dev.lanewise.internal.conv.depthwise.FloatDepthwiseDots;
import dev.lanewise.internal.conv.depthwise.FloatDepthwiseDotsOfSegments;
import dev.lanewise.internal.conv.depthwise.FloatDepthwiseKernel;
import dev.lanewise.internal.conv.depthwise.FloatDepthwiseKernelInSegments;
import dev.lanewise.internal.conv.depthwise.FloatDepthwisePair;
import dev.lanewise.internal.conv.depthwise.FloatDepthwisePairInSegments;
import dev.lanewise.internal.conv.direct.DoubleDirectKernel;
import dev.lanewise.internal.conv.direct.DoubleDirectKernelStrided;
import dev.lanewise.internal.conv.direct.DoubleLineKernel;
import dev.lanewise.internal.conv.direct.FloatDirectKernel;
import dev.lanewise.internal.conv.direct.FloatDirectKernelStrided;
import dev.lanewise.internal.conv.direct.FloatLineKernel;
import dev.lanewise.internal.conv.pixels.DoublePhaseTile;
import dev.lanewise.internal.conv.pixels.DoublePixelLineTile;
import dev.lanewise.internal.conv.pixels.DoublePixelLineTileToSegment;
import dev.lanewise.internal.conv.pixels.DoublePixelTile;
import dev.lanewise.internal.conv.pixels.DoublePixelTileToSegment;
import dev.lanewise.internal.conv.pixels.FloatPhaseTile;
import dev.lanewise.internal.conv.pixels.FloatPixelLineTile;
import dev.lanewise.internal.conv.pixels.FloatPixelLineTileToSegment;
import dev.lanewise.internal.conv.pixels.FloatPixelTile;
import dev.lanewise.internal.conv.pixels.FloatPixelTileToSegment;
import dev.lanewise.internal.conv.rolling.DoubleRollingTile;
import dev.lanewise.internal.conv.rolling.DoubleRollingTileInPlace;
import dev.lanewise.internal.conv.rolling.DoubleRollingTileInPlaceOfSegments;
import dev.lanewise.internal.conv.rolling.DoubleRollingTileToSegment;
import dev.lanewise.internal.conv.rolling.FloatRollingTile;
import dev.lanewise.internal.conv.rolling.FloatRollingTileInPlace;
import dev.lanewise.internal.conv.rolling.FloatRollingTileInPlaceOfSegments;
import dev.lanewise.internal.conv.rolling.FloatRollingTileToSegment;
import dev.lanewise.internal.conv.winograd.DoubleTileProduct;
import dev.lanewise.internal.conv.winograd.DoubleTileTransform;
import dev.lanewise.internal.conv.winograd.FloatTileProduct;
import dev.lanewise.internal.conv.winograd.FloatTileTransform;
import dev.lanewise.internal.gemm.Blocking;
import dev.lanewise.internal.gemm.DoubleMicrokernel;
import dev.lanewise.internal.gemm.DoubleMicrokernelOfSegments;
import dev.lanewise.internal.gemm.DoubleMicrokernelToSegment;
import dev.lanewise.internal.gemm.DoublePackingMicrokernel;
import dev.lanewise.internal.gemm.DoublePackingMicrokernelOfSegment;
import dev.lanewise.internal.gemm.FloatMicrokernel;
import dev.lanewise.internal.gemm.FloatMicrokernelOfSegments;
import dev.lanewise.internal.gemm.FloatMicrokernelToSegment;
import dev.lanewise.internal.gemm.FloatPackingMicrokernel;
import dev.lanewise.internal.gemm.FloatPackingMicrokernelOfSegment;
import dev.lanewise.internal.simd.DoubleActivations;
import dev.lanewise.internal.simd.DoubleLanes;
import dev.lanewise.internal.simd.DoublePooling;
import dev.lanewise.internal.simd.DoubleRows;
import dev.lanewise.internal.simd.DoubleSegmentRows;
import dev.lanewise.internal.simd.DoubleStrips;
import dev.lanewise.internal.simd.DoubleTranspose;
import dev.lanewise.internal.simd.DoubleTransposeFromSegment;
import dev.lanewise.internal.simd.DoubleTransposeToSegment;
import dev.lanewise.internal.simd.FloatActivations;
import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatPooling;
import dev.lanewise.internal.simd.FloatRows;
import dev.lanewise.internal.simd.FloatSegmentRows;
import dev.lanewise.internal.simd.FloatStrips;
import dev.lanewise.internal.simd.FloatTranspose;
import dev.lanewise.internal.simd.FloatTransposeFromSegment;
import dev.lanewise.internal.simd.FloatTransposeToSegment;
import java.io.File;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Calls every kernel, whichever the machine would choose, until the JVM has compiled it. */
final class KernelWorkout {
  /** Enough, with the scaled thresholds of {@link C1AcceptsKernelsTest}. */
  private static final int CALLS = 300;

  private static final int KC = 8;
  private static final int ROW = 100;
  private static final int SIDE = 16;

  private KernelWorkout() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    for (Class<?> kernel : kernels()) {
      Object instance = instance(kernel);
      for (int call = 0; call < CALLS; call++) {
        switch (instance) {
          case FloatMicrokernel micro -> work(micro);
          case DoubleMicrokernel micro -> work(micro);
          case FloatDirectKernel direct -> work(direct);
          case DoubleDirectKernel direct -> work(direct);
          case FloatPixelTile tile -> work(tile);
          case DoublePixelTile tile -> work(tile);
          case FloatRollingTile tile -> work(tile);
          case DoubleRollingTile tile -> work(tile);
          case FloatRows rows -> work(rows);
          case FloatActivations activations -> work(activations);
          case DoubleRows rows -> work(rows);
          case DoubleActivations activations -> work(activations);
          case FloatTranspose transpose -> work(transpose);
          case DoubleTranspose transpose -> work(transpose);
          case Starting.Form form -> form.trial();
          default -> throw new AssertionError(kernel);
        }
      }
    }
  }

  /** {@code package.Class::method} of every kernel method, as PrintCompilation names them. */
  static List<String> methods() {
    List<String> methods = new ArrayList<>();
    for (Class<?> kernel : kernels()) {
      for (Method method : kernel.getDeclaredMethods()) {
        boolean constant = method.getParameterCount() == 0;
        if (!constant && !method.isSynthetic() && Modifier.isPublic(method.getModifiers())) {
          methods.add(kernel.getName() + "::" + method.getName());
        }
      }
    }
    return methods;
  }

  /** All that a machine can choose of, found by looking, so that no new kernel is forgotten. */
  private static List<Class<?>> kernels() {
    List<Class<?>> kernels = new ArrayList<>();
    for (Class<?> family :
        List.of(
            FloatMicrokernel.class,
            DoubleMicrokernel.class,
            FloatMicrokernelToSegment.class,
            FloatPackingMicrokernel.class,
            DoubleMicrokernelToSegment.class,
            DoublePackingMicrokernel.class,
            FloatMicrokernelOfSegments.class,
            FloatPackingMicrokernelOfSegment.class,
            DoubleMicrokernelOfSegments.class,
            DoublePackingMicrokernelOfSegment.class,
            FloatPhaseTile.class,
            DoublePhaseTile.class,
            FloatPixelTileToSegment.class,
            FloatPixelLineTileToSegment.class,
            DoublePixelTileToSegment.class,
            DoublePixelLineTileToSegment.class,
            FloatRollingTileToSegment.class,
            FloatRollingTileInPlace.class,
            FloatRollingTileInPlaceOfSegments.class,
            DoubleRollingTileToSegment.class,
            DoubleRollingTileInPlace.class,
            DoubleRollingTileInPlaceOfSegments.class,
            FloatDepthwiseKernelInSegments.class,
            DoubleDepthwiseKernelInSegments.class,
            FloatDepthwiseDotsOfSegments.class,
            FloatDepthwisePairInSegments.class,
            DoubleDepthwiseDotsOfSegments.class,
            DoubleDepthwisePairInSegments.class,
            FloatBroadcastTileOfSegment.class,
            DoubleBroadcastTileOfSegment.class,
            FloatDotTileOfSegment.class,
            DoubleDotTileOfSegment.class,
            FloatSegmentRows.class,
            DoubleSegmentRows.class,
            FloatTransposeFromSegment.class,
            DoubleTransposeFromSegment.class,
            FloatTransposeToSegment.class,
            DoubleTransposeToSegment.class,
            FloatBroadcastTile.class,
            DoubleBroadcastTile.class,
            FloatDotTile.class,
            DoubleDotTile.class,
            FloatDirectKernel.class,
            FloatDirectKernelStrided.class,
            FloatLineKernel.class,
            DoubleLineKernel.class,
            DoubleDirectKernel.class,
            DoubleDirectKernelStrided.class,
            FloatPixelTile.class,
            FloatPixelLineTile.class,
            DoublePixelLineTile.class,
            DoublePixelTile.class,
            FloatRollingTile.class,
            FloatSlidingTile.class,
            DoubleRollingTile.class,
            FloatDepthwiseKernel.class,
            FloatDepthwisePair.class,
            DoubleDepthwiseKernel.class,
            DoubleDepthwisePair.class,
            FloatDepthwiseDots.class,
            DoubleDepthwiseDots.class,
            DoubleSlidingTile.class,
            FloatStrips.class,
            FloatRows.class,
            FloatActivations.class,
            FloatPooling.class,
            DoubleStrips.class,
            DoubleRows.class,
            DoubleActivations.class,
            DoublePooling.class,
            FloatTranspose.class,
            DoubleTranspose.class,
            FloatTileTransform.class,
            DoubleTileTransform.class,
            FloatTileProduct.class,
            DoubleTileProduct.class)) {
      kernels.addAll(implementations(family));
    }
    return kernels;
  }

  /** The classes of an interface's package that implement it and need nothing for it. */
  private static List<? extends Class<?>> implementations(Class<?> family) {
    // Where the interface is: the tests have a folder of the same package.
    File self =
        new File(URI.create(family.getResource(family.getSimpleName() + ".class").toString()));
    String[] files = self.getParentFile().list((directory, name) -> name.endsWith(".class"));
    List<? extends Class<?>> found =
        Arrays.stream(files)
            .sorted()
            .map(name -> classOf(family.getPackageName() + "." + name.replace(".class", "")))
            .filter(type -> family.isAssignableFrom(type) && !type.isInterface())
            .filter(KernelWorkout::needsNothing)
            .toList();
    if (found.isEmpty()) {
      throw new AssertionError("no implementation of " + family + " found");
    }
    return found;
  }

  private static Class<?> classOf(String name) {
    try {
      return Class.forName(name, false, KernelWorkout.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean needsNothing(Class<?> type) {
    return Arrays.stream(type.getDeclaredConstructors()).anyMatch(c -> c.getParameterCount() == 0);
  }

  private static Object instance(Class<?> kernel) throws ReflectiveOperationException {
    Constructor<?> constructor = kernel.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static void work(FloatMicrokernel micro) {
    int mr = micro.rows();
    int nr = micro.columns();
    int lda = micro.onlyLda() > 0 ? micro.onlyLda() : Blocking.KC;
    float[] a = new float[mr * lda];
    float[] b = new float[nr * KC];
    float[] c = new float[mr * nr];
    micro.accumulate(1, 0, 1, KC, a, 0, lda, b, 0, nr, false, c, 0, nr);
    micro.accumulate(1, 0, 1, KC, a, 0, lda, b, 0, nr, true, c, 0, nr);
  }

  private static void work(DoubleMicrokernel micro) {
    int mr = micro.rows();
    int nr = micro.columns();
    int lda = micro.onlyLda() > 0 ? micro.onlyLda() : Blocking.KC;
    double[] a = new double[mr * lda];
    double[] b = new double[nr * KC];
    double[] c = new double[mr * nr];
    micro.accumulate(1, 0, 1, KC, a, 0, lda, b, 0, nr, false, c, 0, nr);
    micro.accumulate(1, 0, 1, KC, a, 0, lda, b, 0, nr, true, c, 0, nr);
  }

  private static void work(FloatDirectKernel direct) {
    int nr = direct.lanes();
    int pixels = direct.run();
    direct.accumulate(
        KC,
        new int[KC],
        0,
        new float[2 * pixels],
        0,
        pixels,
        new float[KC * nr],
        0,
        new float[2 * pixels * nr],
        -1,
        0,
        pixels * nr,
        nr,
        0,
        0);
  }

  private static void work(DoubleDirectKernel direct) {
    int nr = direct.lanes();
    int pixels = direct.run();
    direct.accumulate(
        KC,
        new int[KC],
        0,
        new double[2 * pixels],
        0,
        pixels,
        new double[KC * nr],
        0,
        new double[2 * pixels * nr],
        -1,
        0,
        pixels * nr,
        nr,
        0,
        0);
  }

  private static void work(FloatPixelTile tile) {
    int pixels = tile.vectors() * tile.lanes();
    float[] weight = new float[KC * tile.filters()];
    float[] target = new float[tile.filters() * pixels];
    tile.run(
        0,
        tile.vectors(),
        new int[tile.vectors()],
        new int[tile.vectors()],
        KC,
        new int[KC],
        0,
        new float[pixels],
        0,
        weight,
        0,
        weight,
        0,
        target,
        0,
        pixels);
  }

  private static void work(DoublePixelTile tile) {
    int pixels = tile.vectors() * tile.lanes();
    double[] weight = new double[KC * tile.filters()];
    double[] target = new double[tile.filters() * pixels];
    tile.run(
        0,
        tile.vectors(),
        new int[tile.vectors()],
        new int[tile.vectors()],
        KC,
        new int[KC],
        0,
        new double[pixels],
        0,
        weight,
        0,
        weight,
        0,
        target,
        0,
        pixels);
  }

  private static void work(FloatRollingTile tile) {
    float[] weight = new float[KC * tile.height()];
    float[] source = new float[(KC + tile.height()) * ROW];
    tile.run(
        4, 4, SIDE, SIDE, KC, new int[KC], source, 0, ROW, weight, 0, 0, source.clone(), 0, ROW);
  }

  private static void work(DoubleRollingTile tile) {
    double[] weight = new double[KC * tile.height()];
    double[] source = new double[(KC + tile.height()) * ROW];
    tile.run(
        4, 4, SIDE, SIDE, KC, new int[KC], source, 0, ROW, weight, 0, 0, source.clone(), 0, ROW);
  }

  static void work(FloatTranspose transpose) {
    float[] block = new float[SIDE * SIDE];
    transpose.run(block, 0, SIDE, SIDE, new float[SIDE * SIDE], 0, SIDE, SIDE);
  }

  static void work(FloatRows rows) {
    float[] shortRow = new float[ROW];
    float[] longRow = new float[2 * ROW];
    rows.copy(longRow, 0, shortRow, 0, ROW);
    rows.copyBlock(longRow, 0, ROW, shortRow, 0, ROW, 1, ROW);
    int length = FloatLanes.LENGTH;
    rows.copyPanels(new float[4 * length], 0, 0, new float[8 * length], 0, 1, 2, 2 * length);
    rows.copyPanels(new float[4 * length], 0, 0, new float[8 * length], 0, 2, 1, 4 * length);
    rows.copyDense(longRow, 0, ROW, 1, shortRow, 0, 3, 2, SIDE);
    rows.gather(longRow, 0, 2, shortRow, 0, ROW);
    rows.gatherBlock(longRow, 0, ROW, 2, shortRow, 0, ROW / 2, 2, ROW / 2);
    rows.add(longRow, 0, shortRow, 0, ROW);
    rows.addProducts(longRow, 0, longRow, ROW, shortRow, 0, ROW);
    rows.dots(longRow, 0, 0, 2, longRow, 0, ROW, longRow, ROW);
    rows.sum(longRow, 0, ROW);
    rows.sum(MemorySegment.ofArray(longRow), 0, ROW);
    rows.scatterAdd(shortRow, 0, longRow, 0, 2, ROW);
    rows.clamp(shortRow, 0, ROW, 0, 1);
    rows.leaky(shortRow, 0, ROW, 1);
    rows.isFinite(shortRow, 0, ROW);
  }

  static void work(DoubleTranspose transpose) {
    double[] block = new double[SIDE * SIDE];
    transpose.run(block, 0, SIDE, SIDE, new double[SIDE * SIDE], 0, SIDE, SIDE);
  }

  static void work(DoubleRows rows) {
    double[] shortRow = new double[ROW];
    double[] longRow = new double[2 * ROW];
    rows.copy(longRow, 0, shortRow, 0, ROW);
    rows.copyBlock(longRow, 0, ROW, shortRow, 0, ROW, 1, ROW);
    int length = DoubleLanes.LENGTH;
    rows.copyPanels(new double[4 * length], 0, 0, new double[8 * length], 0, 1, 2, 2 * length);
    rows.copyPanels(new double[4 * length], 0, 0, new double[8 * length], 0, 2, 1, 4 * length);
    rows.copyDense(longRow, 0, ROW, 1, shortRow, 0, 3, 2, SIDE);
    rows.gather(longRow, 0, 2, shortRow, 0, ROW);
    rows.gatherBlock(longRow, 0, ROW, 2, shortRow, 0, ROW / 2, 2, ROW / 2);
    rows.add(longRow, 0, shortRow, 0, ROW);
    rows.addProducts(longRow, 0, longRow, ROW, shortRow, 0, ROW);
    rows.dots(longRow, 0, 0, 2, longRow, 0, ROW, longRow, ROW);
    rows.sum(longRow, 0, ROW);
    rows.sum(MemorySegment.ofArray(longRow), 0, ROW);
    rows.scatterAdd(shortRow, 0, longRow, 0, 2, ROW);
    rows.clamp(shortRow, 0, ROW, 0, 1);
    rows.leaky(shortRow, 0, ROW, 1);
    rows.isFinite(shortRow, 0, ROW);
  }

  private static void work(FloatActivations activations) {
    float[] row = new float[ROW];
    activations.leaky(row, 1, row, ROW);
    activations.leakyGradient(row, 1, row, row, ROW);
  }

  private static void work(DoubleActivations activations) {
    double[] row = new double[ROW];
    activations.leaky(row, 1, row, ROW);
    activations.leakyGradient(row, 1, row, row, ROW);
  }
}
