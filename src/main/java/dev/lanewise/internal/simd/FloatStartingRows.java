// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Takeover;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatVectorRows}, and method by method until they are fast {@link FloatScalarRows}.
 *
 * <p>What is tried is named inside an {@code if}: as an argument a method reference would be made
 * in each method's first call.
 */
final class FloatStartingRows implements FloatRows {
  private static final FloatRows SCALAR = new FloatScalarRows(FloatLanes.LENGTH);

  /** Vectors of a trial. */
  private static final int VECTORS = 16;

  private static final int COUNT = VECTORS * FloatLanes.LENGTH;
  private static final float[] ZEROS = new float[4 * COUNT];

  private final Takeover copyBlockTakeover = new Takeover();
  private final Takeover copyPanelsTakeover = new Takeover();
  private final Takeover copyDenseTakeover = new Takeover();
  private final Takeover gatherTakeover = new Takeover();
  private final Takeover gatherBlockTakeover = new Takeover();
  private final Takeover addTakeover = new Takeover();
  private final Takeover addProductsTakeover = new Takeover();
  private final Takeover sumTakeover = new Takeover();
  private final Takeover segmentSumTakeover = new Takeover();
  private final Takeover dotsTakeover = new Takeover();
  private final Takeover scatterAddTakeover = new Takeover();
  private final Takeover clampTakeover = new Takeover();
  private final Takeover leakyTakeover = new Takeover();
  private final Takeover isFiniteTakeover = new Takeover();

  @Override
  public void copy(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    SCALAR.copy(from, fromOffset, to, toOffset, count);
  }

  @Override
  public void copyBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns) {
    if (copyBlockTakeover.done()) {
      Vectors.KERNEL.copyBlock(from, fromOffset, fromLd, to, toOffset, toLd, rows, columns);
      return;
    }
    long start = System.nanoTime();
    SCALAR.copyBlock(from, fromOffset, fromLd, to, toOffset, toLd, rows, columns);
    if (copyBlockTakeover.isDue(System.nanoTime() - start)) {
      copyBlockTakeover.tryOut(FloatStartingRows::tryCopyBlock);
    }
  }

  @Override
  public void copyPanels(
      float[] from,
      int fromOffset,
      int fromLd,
      float[] to,
      int toOffset,
      int rows,
      int panels,
      int columns) {
    if (copyPanelsTakeover.done()) {
      Vectors.KERNEL.copyPanels(from, fromOffset, fromLd, to, toOffset, rows, panels, columns);
      return;
    }
    long start = System.nanoTime();
    SCALAR.copyPanels(from, fromOffset, fromLd, to, toOffset, rows, panels, columns);
    if (copyPanelsTakeover.isDue(System.nanoTime() - start)) {
      copyPanelsTakeover.tryOut(FloatStartingRows::tryCopyPanels);
    }
  }

  @Override
  public void copyDense(
      float[] from,
      int fromOffset,
      int blockLd,
      int fromLd,
      float[] to,
      int toOffset,
      int rows,
      int blocks,
      int columns) {
    if (copyDenseTakeover.done()) {
      Vectors.KERNEL.copyDense(
          from, fromOffset, blockLd, fromLd, to, toOffset, rows, blocks, columns);
      return;
    }
    long start = System.nanoTime();
    SCALAR.copyDense(from, fromOffset, blockLd, fromLd, to, toOffset, rows, blocks, columns);
    if (copyDenseTakeover.isDue(System.nanoTime() - start)) {
      copyDenseTakeover.tryOut(FloatStartingRows::tryCopyDense);
    }
  }

  @Override
  public int slack() {
    return FloatLanes.LENGTH - 1;
  }

  @Override
  public void gather(
      float[] from, int fromOffset, int stride, float[] to, int toOffset, int count) {
    if (gatherTakeover.done()) {
      Vectors.KERNEL.gather(from, fromOffset, stride, to, toOffset, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.gather(from, fromOffset, stride, to, toOffset, count);
    if (gatherTakeover.isDue(System.nanoTime() - start)) {
      gatherTakeover.tryOut(FloatStartingRows::tryGather);
    }
  }

  @Override
  public void gatherBlock(
      float[] from,
      int fromOffset,
      int fromLd,
      int stride,
      float[] to,
      int toOffset,
      int toLd,
      int rows,
      int columns) {
    if (gatherBlockTakeover.done()) {
      Vectors.KERNEL.gatherBlock(
          from, fromOffset, fromLd, stride, to, toOffset, toLd, rows, columns);
      return;
    }
    long start = System.nanoTime();
    SCALAR.gatherBlock(from, fromOffset, fromLd, stride, to, toOffset, toLd, rows, columns);
    if (gatherBlockTakeover.isDue(System.nanoTime() - start)) {
      gatherBlockTakeover.tryOut(FloatStartingRows::tryGatherBlock);
    }
  }

  @Override
  public void add(float[] from, int fromOffset, float[] to, int toOffset, int count) {
    if (addTakeover.done()) {
      Vectors.KERNEL.add(from, fromOffset, to, toOffset, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.add(from, fromOffset, to, toOffset, count);
    if (addTakeover.isDue(System.nanoTime() - start)) {
      addTakeover.tryOut(FloatStartingRows::tryAdd);
    }
  }

  @Override
  public void addProducts(
      float[] a, int aOffset, float[] b, int bOffset, float[] to, int toOffset, int count) {
    if (addProductsTakeover.done()) {
      Vectors.KERNEL.addProducts(a, aOffset, b, bOffset, to, toOffset, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.addProducts(a, aOffset, b, bOffset, to, toOffset, count);
    if (addProductsTakeover.isDue(System.nanoTime() - start)) {
      addProductsTakeover.tryOut(FloatStartingRows::tryAddProducts);
    }
  }

  @Override
  public float sum(float[] from, int offset, int count) {
    if (sumTakeover.done()) {
      return Vectors.KERNEL.sum(from, offset, count);
    }
    long start = System.nanoTime();
    float result = SCALAR.sum(from, offset, count);
    if (sumTakeover.isDue(System.nanoTime() - start)) {
      sumTakeover.tryOut(FloatStartingRows::trySum);
    }
    return result;
  }

  @Override
  public float sum(MemorySegment from, long byteOffset, int count) {
    // Vectors meet one kind of segment, as in FloatSegmentRows.
    if (!from.isNative()) {
      return SCALAR.sum(from, byteOffset, count);
    }
    if (segmentSumTakeover.done()) {
      return Vectors.KERNEL.sum(from, byteOffset, count);
    }
    long start = System.nanoTime();
    float result = SCALAR.sum(from, byteOffset, count);
    if (segmentSumTakeover.isDue(System.nanoTime() - start)) {
      segmentSumTakeover.tryOut(FloatStartingRows::trySegmentSum);
    }
    return result;
  }

  @Override
  public void dots(
      float[] a,
      int aOffset,
      int lda,
      int rows,
      float[] b,
      int bOffset,
      int count,
      float[] to,
      int toOffset) {
    if (dotsTakeover.done()) {
      Vectors.KERNEL.dots(a, aOffset, lda, rows, b, bOffset, count, to, toOffset);
      return;
    }
    long start = System.nanoTime();
    SCALAR.dots(a, aOffset, lda, rows, b, bOffset, count, to, toOffset);
    if (dotsTakeover.isDue(System.nanoTime() - start)) {
      dotsTakeover.tryOut(FloatStartingRows::tryDots);
    }
  }

  @Override
  public void scatterAdd(
      float[] from, int fromOffset, float[] to, int toOffset, int stride, int count) {
    if (scatterAddTakeover.done()) {
      Vectors.KERNEL.scatterAdd(from, fromOffset, to, toOffset, stride, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.scatterAdd(from, fromOffset, to, toOffset, stride, count);
    if (scatterAddTakeover.isDue(System.nanoTime() - start)) {
      scatterAddTakeover.tryOut(FloatStartingRows::tryScatterAdd);
    }
  }

  @Override
  public void clamp(float[] to, int offset, int count, float low, float high) {
    if (clampTakeover.done()) {
      Vectors.KERNEL.clamp(to, offset, count, low, high);
      return;
    }
    long start = System.nanoTime();
    SCALAR.clamp(to, offset, count, low, high);
    if (clampTakeover.isDue(System.nanoTime() - start)) {
      clampTakeover.tryOut(FloatStartingRows::tryClamp);
    }
  }

  @Override
  public void leaky(float[] to, int offset, int count, float slope) {
    if (leakyTakeover.done()) {
      Vectors.KERNEL.leaky(to, offset, count, slope);
      return;
    }
    long start = System.nanoTime();
    SCALAR.leaky(to, offset, count, slope);
    if (leakyTakeover.isDue(System.nanoTime() - start)) {
      leakyTakeover.tryOut(FloatStartingRows::tryLeaky);
    }
  }

  @Override
  public boolean isFinite(float[] from, int offset, int count) {
    if (isFiniteTakeover.done()) {
      return Vectors.KERNEL.isFinite(from, offset, count);
    }
    long start = System.nanoTime();
    boolean result = SCALAR.isFinite(from, offset, count);
    if (isFiniteTakeover.isDue(System.nanoTime() - start)) {
      isFiniteTakeover.tryOut(FloatStartingRows::tryIsFinite);
    }
    return result;
  }

  private static int tryCopyBlock() {
    // Rows of two and of four vectors, as the panels of a matrix are: each a loop of its own.
    int length = FloatLanes.LENGTH;
    for (int columns = 2 * length; columns <= 4 * length; columns *= 2) {
      Vectors.KERNEL.copyBlock(ZEROS, 0, columns, ZEROS, 2 * COUNT, columns, VECTORS / 2, columns);
    }
    return 6 * VECTORS;
  }

  private static int tryCopyPanels() {
    // Panels that are copied four at a time and one by one.
    int length = FloatLanes.LENGTH;
    for (int columns = 2 * length; columns <= 4 * length; columns *= 2) {
      Vectors.KERNEL.copyPanels(ZEROS, 0, 0, ZEROS, 2 * COUNT, 1, 5, columns);
    }
    return 30;
  }

  private static int tryCopyDense() {
    Vectors.KERNEL.copyDense(
        ZEROS, 0, COUNT, VECTORS, ZEROS, 2 * COUNT, FloatLanes.LENGTH, 1, VECTORS);
    return 4 * FloatLanes.LENGTH;
  }

  private static int tryGather() {
    Vectors.KERNEL.gather(ZEROS, 0, 2, ZEROS, 2 * COUNT, COUNT);
    return 4 * VECTORS;
  }

  private static int tryGatherBlock() {
    // Rows of whole vectors and shorter ones, without a step and with one: four loops.
    int length = FloatLanes.LENGTH;
    for (int step = 1; step <= 2; step++) {
      for (int columns = length - 1; columns <= length; columns++) {
        Vectors.KERNEL.gatherBlock(
            ZEROS, 0, 2 * length, step, ZEROS, 2 * COUNT, length, VECTORS / 2, columns);
      }
    }
    return 5 * VECTORS;
  }

  private static int tryAdd() {
    Vectors.KERNEL.add(ZEROS, 0, ZEROS, COUNT, COUNT);
    return 3 * VECTORS;
  }

  private static int tryAddProducts() {
    Vectors.KERNEL.addProducts(ZEROS, 0, ZEROS, COUNT, ZEROS, 2 * COUNT, COUNT);
    return 4 * VECTORS;
  }

  private static int trySum() {
    Vectors.KERNEL.sum(ZEROS, 0, 4 * COUNT);
    return 4 * VECTORS;
  }

  private static int trySegmentSum() {
    Vectors.KERNEL.sum(FloatNativeZeros.atLeast(4 * COUNT), 0, 4 * COUNT);
    return 4 * VECTORS;
  }

  private static int tryDots() {
    Vectors.KERNEL.dots(ZEROS, 0, 0, 2, ZEROS, COUNT, COUNT, ZEROS, 2 * COUNT);
    return 4 * VECTORS;
  }

  private static int tryScatterAdd() {
    Vectors.KERNEL.scatterAdd(ZEROS, 0, ZEROS, COUNT, 2, COUNT);
    return 6 * VECTORS;
  }

  private static int tryClamp() {
    Vectors.KERNEL.clamp(ZEROS, 0, COUNT, 0, 1);
    return 4 * VECTORS;
  }

  private static int tryLeaky() {
    Vectors.KERNEL.leaky(ZEROS, 0, COUNT, 1);
    return 4 * VECTORS;
  }

  private static int tryIsFinite() {
    Vectors.KERNEL.isFinite(ZEROS, 0, COUNT);
    return 4 * VECTORS;
  }

  /** Loaded when first tried: a short program never needs it. */
  private static final class Vectors {
    static final FloatRows KERNEL = new FloatVectorRows();
  }
}
