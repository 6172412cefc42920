// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.start.Starting;
import java.util.ArrayList;
import java.util.List;

/**
 * The sums of {@link FloatDirectFilter} in its order where each pixel of the target is one of the
 * source: 1×1 without stride and padding.
 *
 * <pre>
 *   for each image, for each band of target rows
 *     copy its planes, unless they are read where they stand
 *     for each NR channels of the target
 *       for each kc channels of the source, for each run of pixels
 *         sums += planes · weight                                     ({@link FloatLineKernel})
 *       transpose the sums into the target's rows, then the epilogue
 * </pre>
 *
 * <p>A plane is a line, the whole one as that of a band's copy: the kernels know how long it is, so
 * that they ask no table where the next channel is. Loops have 84 instructions for 48 multiply-adds
 * instead of 66 for 28 (JDK 25): up to 1.1 times the speed on a core that begins two multiply-adds
 * in a cycle and whose other thread takes its share of the front end (Emerald Rapids), and the same
 * on one that is alone (Zen 5).
 */
final class FloatPlanesFilter implements FloatFilter {
  private static final int NR = FloatDirectKernel.LANES;
  private static final int SHORTEST = FloatLineKernels.SHORTEST;

  private final FloatDirectFilter pixels;
  private final FloatDirectWeight weights;
  private final DirectBands bands;

  /** Of planes where they stand; null if these are always copied. */
  private final Cut inPlace;

  private final Cut copied;
  private final int groups;
  private final int sources;
  private final int targets;

  /** Elements of a plane, of the source as of the target. */
  private final int plane;

  /**
   * Pixels of bands, for planes of one size.
   *
   * @param runs of each band but the last
   */
  private record Cut(LineForm form, List<Run> runs, List<Run> lastRuns) {}

  /**
   * Neighbouring pixels of a band.
   *
   * @param first counted from the band's
   */
  private record Run(Starting<FloatLineKernel> kernel, int first) {}

  /** The planes, where there are kernels for them; else the pixels. */
  static FloatFilter of(ConvShape shape, boolean forward, FloatDirectFilter pixels) {
    return applies(shape, forward, pixels) ? new FloatPlanesFilter(shape, forward, pixels) : pixels;
  }

  private static boolean applies(ConvShape shape, boolean forward, FloatDirectFilter pixels) {
    if (!FloatLinesFilter.hasKernels() || !pixels.isOfElements() || pixels.order().addsOnly()) {
      return false;
    }
    int lastBand = pixels.bands().count() - 1;
    int lines = LineForm.ofPlanes(1).lines();
    return sources(shape, forward) % lines == 0
        && stretch(pixels).cut() % lines == 0
        && pixelsOf(pixels.bands(), lastBand) >= SHORTEST
        && FloatLineKernels.takesPlanes(pixels.copyPlane())
        && (!pixels.readsInPlace() || FloatLineKernels.takesPlanes(shape.columns().plane()));
  }

  private FloatPlanesFilter(ConvShape shape, boolean forward, FloatDirectFilter pixels) {
    this.pixels = pixels;
    weights = pixels.weights();
    bands = pixels.bands();
    groups = shape.groups();
    sources = sources(shape, forward);
    targets = sources(shape, !forward);
    plane = shape.columns().plane();
    copied = cut(pixels.copyPlane());
    inPlace = pixels.readsInPlace() ? cut(plane) : null;
  }

  private Cut cut(int plane) {
    LineForm form = LineForm.ofPlanes(plane);
    return new Cut(
        form, runs(form, pixelsOf(bands, 0)), runs(form, pixelsOf(bands, bands.count() - 1)));
  }

  private static int sources(ConvShape shape, boolean forward) {
    return forward ? shape.columns().channels() : shape.filters();
  }

  private static DirectSums.Stretch stretch(FloatDirectFilter pixels) {
    return pixels.order().stretches().getFirst();
  }

  private static int pixelsOf(DirectBands bands, int band) {
    return (bands.endRow(band) - bands.firstRow(band)) * bands.horizontal().target();
  }

  /** As few as can be, all about as long. */
  private static List<Run> runs(LineForm form, int count) {
    List<Run> cut = new ArrayList<>();
    int left = Math.ceilDiv(count, form.longest());
    for (int first = 0; first < count; ) {
      int length = Math.ceilDiv(count - first, left--);
      cut.add(new Run(FloatLineKernels.ofPlanes(form.line(), length), first));
      first += length;
    }
    return cut;
  }

  @Override
  public String describe() {
    return ("direct: channels of the result in the lanes; tiles of up to %dx%d, %d channels a step, %s,"
            + " bands of %d rows, %s")
        .formatted(
            copied.runs.getFirst().kernel().kernel().run(),
            NR,
            copied.form.taps(),
            inPlace == null ? "a copy" : "read in place",
            bands.endRow(0) - bands.firstRow(0),
            pixels.order().describe());
  }

  @Override
  public boolean addsZeros() {
    return pixels.addsZeros();
  }

  @Override
  public boolean preparesSource() {
    return pixels.preparesSource();
  }

  @Override
  public int weightBlocks() {
    return pixels.weightBlocks();
  }

  @Override
  public int weightBlockFloats() {
    return pixels.weightBlockFloats();
  }

  @Override
  public void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    pixels.packWeight(weight, weightOffset, block, packed, packedOffset);
  }

  @Override
  public void packWeights(
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      float[] packed,
      int packedOffset) {
    pixels.packWeights(weight, weightOffset, firstBlock, endBlock, packed, packedOffset);
  }

  @Override
  public int parts() {
    return pixels.parts();
  }

  // The scratch: a copy of a band, the sums of a block, its bias.

  @Override
  public int workspaceFloats() {
    return pixels.copyFloats() + sumFloats() + NR;
  }

  private int sumFloats() {
    return pixelsOf(bands, 0) * NR;
  }

  @Override
  public void run(
      Object source,
      long sourceOffset,
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset) {
    float[] packed = (float[]) weight;
    boolean reads = inPlace != null && source instanceof float[];
    int sums = workspaceOffset + pixels.copyFloats();
    int initial = sums + sumFloats();
    for (int part = firstPart; part < endPart; part++) {
      int band = part % bands.count();
      long n = part / bands.count();
      int firstPixel = bands.firstRow(band) * bands.horizontal().target();
      int ready = -1;
      for (int block = firstBlock; block < endBlock; block++) {
        int group = weights.group(block);
        long from = sourceOffset + (n * groups + group) * sources * plane;
        if (!reads && group != ready) {
          ready = group;
          // Elements as they stand need no scratch.
          pixels.copy(source, from, band, workspace, workspaceOffset, 0);
        }
        int channels = weights.channels(block);
        int channel = group * targets + weights.firstChannel(block);
        weights.start(block, bias, biasOffset, workspace, initial);
        sum(
            reads ? inPlace : copied,
            band,
            reads ? (float[]) source : workspace,
            reads ? (int) from + firstPixel : workspaceOffset,
            packed,
            (int) weightOffset + (block - firstBlock) * weightBlockFloats(),
            workspace,
            sums,
            initial);
        long at = (n * groups * targets + channel) * plane + firstPixel;
        pixels.store(
            pixelsOf(bands, band),
            channels,
            workspace,
            sums,
            target,
            targetOffset + at,
            residual,
            residualOffset + at,
            plane);
      }
    }
  }

  /** All pixels of a band by one block of channels. */
  private void sum(
      Cut planes,
      int band,
      float[] from,
      int fromOffset,
      float[] packed,
      int packedOffset,
      float[] workspace,
      int sums,
      int initial) {
    LineForm form = planes.form;
    int steps = sources / form.taps();
    int cut = stretch(pixels).cut() / form.taps();
    for (int step = 0; step < steps; step += cut) {
      for (Run run : band < bands.count() - 1 ? planes.runs : planes.lastRuns) {
        FloatLineKernel kernel = run.kernel.kernel();
        long since = run.kernel.clock(kernel);
        kernel.accumulate(
            Math.min(cut, steps - step),
            from,
            fromOffset + run.first + step * form.step(),
            packed,
            packedOffset + step * form.taps() * NR,
            workspace,
            step == 0 ? initial : -1,
            sums + run.first * NR,
            NR);
        run.kernel.ran(kernel, since);
      }
    }
  }
}
