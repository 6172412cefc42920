// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.gemm;

import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.simd.FloatLines;
import dev.lanewise.internal.simd.Machine;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * The blocked matrix product: C = alpha · A · B + beta · C for every B and C of a batch that shares
 * A.
 *
 * <pre>
 *   for each packedRows of m and packedDepth of k, ascending
 *     for each B and C of the batch
 *       for each nc columns of C                 (BLIS: loop 5)
 *         pack B: packedDepth×nc, unless it is read in place
 *         for each mc rows                       (loop 3)
 *           for each kc of packedDepth           (loop 4)
 *             pack A: mc×kc, unless it is packed already or read in place
 *             macrokernel                        (loops 1 and 2)
 * </pre>
 *
 * <p>Where {@link FloatPackingMicrokernel} can, the first mc rows pack B while they are multiplied.
 *
 * <p>Loop 4 is inside loops 5 and 3, other than in BLIS, so that a block of C stays near while it
 * is added to: Java has no prefetch to hide a slower cache's latency. A block of A is packed just
 * before its first use, so that it is still in a near cache then; it is kept if there is another
 * use. What is packed is bounded, whatever the sizes. Each element of C is a sum over p in blocks
 * of kc, ascending but in the last few columns, in an order that the sizes and the vectors decide.
 *
 * <p>A is read where it lies if that is an array, alpha is 1, its rows make a tile and the tiles
 * are not {@linkplain FloatTiles high ones}: of each row a tile reads line after line, and slowly,
 * so that even what comes from far is there in time.
 *
 * <p>Tiles of a C that is no array are computed in one, and moved while they are near.
 *
 * <p>B is read where it lies if that is an array, the rows of A are few and the tiles not high: a
 * panel pays for its copy only if it is read often. The last, partial panel begins some columns
 * earlier then.
 *
 * <p>Native memory is packed, unless A, B and C all are native, alpha is 1, beta 0 and both A and B
 * would be read in place as arrays: {@link FloatNativeProduct}.
 *
 * <p>Source: Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS
 * 34(3), 2008; Van Zee and van de Geijn 2015 for the names.
 */
public final class FloatGemmLoops {
  private static final int KC = Blocking.KC;

  /**
   * How many p are taken at a time where nothing is packed: those of {@link #nc} columns of B stay
   * in a third-level cache while all blocks of rows pass by. With 512, 256×196×2304 took 4 to 5 %
   * longer (Zen 4).
   */
  private static final int DEPTH_IN_PLACE = 4096;

  /** Up to so many rows, B is read so few times that it need not stay near. */
  private static final int FEW_ROWS = 80;

  /**
   * Elements of a B that is near enough to be read by tiles. One from beyond the second-level cache
   * is copied faster, row by row, than read a piece of each row at a time: of it the hardware
   * fetches nothing ahead, and Java has no instruction for it (Emerald Rapids). Of a cache of 1 MiB
   * seven eighths: 1×1 64→256 @56 takes 4 to 5 % less. A B twice as large or more gains up to 4 %
   * where rows are few, but while the other core is busy it loses as much or more (Zen 5).
   */
  private static final int NEAR_ELEMENTS = 224 << 10;

  private final int m;
  private final int n;
  private final int k;
  private final FloatPackedRows aRows;
  private final FloatPanels bPanels;
  private final FloatMacrokernel macrokernel;
  private final int packedRows;
  private final int packedDepth;

  /** The same where nothing is packed: as deep as it may be, for each pass over C costs. */
  private final int depthInPlace;

  /** Elements from one packed row of A to the next. */
  private final int packedLd;

  private final int nc;

  /** The same for a B in place: all at once if neither C nor much of B is returned to. */
  private final int ncInPlace;

  /** Elements from one row of A to the next if it may be read in place, else 0. */
  private final int lda;

  /** Elements from one row of B to the next if it may be read in place, else 0. */
  private final int ldb;

  /** Whether there are kernels for this product of native operands: see their interface. */
  private final boolean hasNativeProduct;

  /** Whether the first rows of A can pack a B as it stands: see {@link #canPackOnTheWay()}. */
  private final boolean canPackOnTheWay;

  /**
   * A product of m×k by k×n.
   *
   * @param aRows packs A
   * @param bPanels packs B
   */
  public FloatGemmLoops(int m, int n, int k, FloatPackedRows aRows, FloatPanels bPanels) {
    this(m, n, k, aRows, bPanels, FloatMacrokernel.of(m, n, k));
  }

  /** The same by tiles of the caller's choice. */
  FloatGemmLoops(
      int m,
      int n,
      int k,
      FloatPackedRows aRows,
      FloatPanels bPanels,
      FloatMacrokernel macrokernel) {
    this.m = m;
    this.n = n;
    this.k = k;
    this.aRows = aRows;
    this.bPanels = bPanels;
    this.macrokernel = macrokernel;
    packedRows = Math.min(m, Blocking.PACKED_ROWS);
    packedDepth = Math.min(k, Blocking.PACKED_DEPTH);
    // A short rest is not worth another pass.
    depthInPlace = k < DEPTH_IN_PLACE + KC ? k : DEPTH_IN_PLACE;
    packedLd = macrokernel.packedLda(k);
    // One block of terms leaves room for longer rows of C, which high tiles are written along.
    nc = Math.min(n, macrokernel.takesAnyLda() || k > KC ? Blocking.NC : 2 * Blocking.NC);
    ncInPlace = k <= KC && m <= FEW_ROWS ? n : nc;
    boolean whole = n >= macrokernel.nr() || n % FloatMacrokernel.LEAST_COLUMNS == 0;
    lda = macrokernel.takesAnyLda() && m >= macrokernel.mr() ? aRows.ldInPlace() : 0;
    ldb = m <= macrokernel.rowsForBInPlace() && whole ? bPanels.ldInPlace() : 0;
    canPackOnTheWay = bPanels.ldInPlace() > 0 && (long) k * n <= NEAR_ELEMENTS && canPackOnTheWay();
    boolean oneBlock = k <= KC && FloatMacrokernel.thinColumns(n, k) == 0;
    hasNativeProduct = Machine.FMA && lda > 0 && ldb > 0 && oneBlock;
  }

  /** Elements of scratch that {@link #run} needs. */
  public int workspaceFloats() {
    return packedAFloats()
        + FloatLines.LENGTH
        + packedBFloats()
        + macrokernel.scratchFloats()
        + scratchFloats();
  }

  /** The blocking and the tile in words. */
  public String describe() {
    return "%s, %d rows of A and %d columns of B at a time, %d deep, in blocks of %d%s%s%s%s"
        .formatted(
            macrokernel.describe(),
            packedRows,
            ldb > 0 ? ncInPlace : nc,
            lda > 0 && ldb > 0 ? depthInPlace : packedDepth,
            Math.min(k, KC),
            lda > 0 ? ", A in place where it is an array and alpha is 1" : "",
            ldb > 0 ? ", B in place where it is an array" : "",
            canPackOnTheWay ? ", B packed by the first rows where it is an array or native" : "",
            hasNativeProduct ? ", all in place where all are native" : "");
  }

  private int packedAFloats() {
    return macrokernel.packedAFloats(packedRows, packedDepth);
  }

  private int packedBFloats() {
    return Blocking.padded(nc, macrokernel.nr()) * packedDepth;
  }

  private int scratchFloats() {
    return bPanels.scratchFloats(Math.min(k, KC), nc);
  }

  /**
   * C(i) = alpha · A · B(i) + beta · C(i), 0 ≤ i &lt; batch, for k ≥ 1 and some columns of C. How
   * they are cut into calls changes no bit.
   *
   * @param bias of each row of C, which begins with it instead of beta · C; null if there is none
   * @param firstColumn a multiple of half of {@link Blocking#NC}
   * @param endColumn another one, or n
   * @param bStride elements from one B to the next
   * @param cStride elements from one C to the next
   * @param ldc elements from one row of C to the next
   */
  public void run(
      int batch,
      int firstColumn,
      int endColumn,
      float alpha,
      Object a,
      long aOffset,
      Object b,
      long bOffset,
      long bStride,
      float beta,
      Object bias,
      long biasOffset,
      Object c,
      long cOffset,
      long cStride,
      int ldc,
      float[] workspace,
      int workspaceOffset) {
    int packedB = FloatLines.next(workspaceOffset + packedAFloats());
    int scratch = packedB + packedBFloats() + macrokernel.scratchFloats();
    Starting<?> waiting = null;
    boolean whole = endColumn - firstColumn == n;
    if (whole && overwrites(beta, bias) && alpha == 1 && isNativeProduct(a, b, c)) {
      waiting = FloatNativeProduct.waiting(n);
      if (waiting == null) {
        for (int image = 0; image < batch; image++) {
          FloatNativeProduct.run(
              m,
              n,
              k,
              ncInPlace,
              (MemorySegment) a,
              aOffset,
              lda,
              (MemorySegment) b,
              bOffset + image * bStride,
              ldb,
              (MemorySegment) c,
              cOffset + image * cStride,
              ldc);
        }
        return;
      }
    }
    long since = waiting == null ? 0 : waiting.clock(null);
    boolean aInPlace = lda > 0 && alpha == 1 && a instanceof float[];
    boolean bInPlace = ldb > 0 && b instanceof float[];
    int width = bInPlace ? ncInPlace : nc;
    int depthAtOnce = aInPlace && bInPlace ? depthInPlace : packedDepth;
    boolean packsOnTheWay = canPackOnTheWay && (b instanceof float[] || FloatMemory.isNative(b));
    if (packsOnTheWay && FloatPackingTiles.of(b).kernel() == null) {
      waiting = FloatPackingTiles.of(b);
      since = waiting.clock(null);
      packsOnTheWay = false;
    }
    boolean keepA = batch > 1 || endColumn - firstColumn > width;
    for (int i0 = 0; i0 < m; i0 += packedRows) {
      int rows = Math.min(packedRows, m - i0);
      for (int p0 = 0; p0 < k; p0 += depthAtOnce) {
        int depth = Math.min(depthAtOnce, k - p0);
        for (int image = 0; image < batch; image++) {
          long bImage = bOffset + image * bStride;
          long cImage = cOffset + image * cStride + (long) i0 * ldc;
          for (int j0 = firstColumn; j0 < endColumn; j0 += width) {
            int columns = Math.min(width, endColumn - j0);
            if (!bInPlace && !packsOnTheWay) {
              packB(b, bImage, p0, depth, j0, columns, workspace, packedB, scratch);
            }
            multiply(
                a,
                aOffset,
                i0,
                rows,
                alpha,
                aInPlace,
                !keepA || image == 0 && j0 == firstColumn,
                keepA,
                p0,
                depth,
                b,
                bImage,
                j0,
                bInPlace,
                packsOnTheWay,
                columns,
                p0 == 0 ? beta : 1,
                p0 == 0 ? bias : null,
                biasOffset + i0,
                c,
                cImage + j0,
                ldc,
                workspace,
                workspaceOffset,
                packedB);
          }
        }
      }
    }
    if (waiting != null) {
      waiting.ran(null, since);
    }
  }

  /** Whether each first block of rows is of a kind that packs B while it is multiplied. */
  private boolean canPackOnTheWay() {
    // Of none there is no first.
    boolean can = m > 0;
    for (int i0 = 0; i0 < m; i0 += packedRows) {
      int mc = rowsOf(Math.min(packedRows, m - i0), blockRows(false));
      can &= macrokernel.canPack(mc);
    }
    return can;
  }

  /** Whether all operands are native memory and none need be packed. */
  private boolean isNativeProduct(Object a, Object b, Object c) {
    return hasNativeProduct
        && FloatMemory.isNative(a)
        && FloatMemory.isNative(b)
        && FloatMemory.isNative(c);
  }

  /** Loops 3 and 4: {@code rows} of A by {@code columns} of B, the first of them in place. */
  private void multiply(
      Object a,
      long aOffset,
      int i0,
      int rows,
      float alpha,
      boolean aInPlace,
      boolean packA,
      boolean keepA,
      int p0,
      int depth,
      Object b,
      long bOffset,
      int j0,
      boolean bInPlace,
      boolean packsOnTheWay,
      int columns,
      float beta,
      Object bias,
      long biasOffset,
      Object c,
      long cOffset,
      int ldc,
      float[] workspace,
      int packedA,
      int packedB) {
    int scratch = packedB + packedBFloats();
    boolean overwrite = overwrites(beta, bias);
    int blockRows = blockRows(bInPlace);
    int nr = macrokernel.nr();
    int mc;
    for (int i = 0; i < rows; i += mc) {
      mc = rowsOf(rows - i, blockRows);
      long row = cOffset + (long) i * ldc;
      // Here and not for all of C at once, so that the block is near when it is added to.
      if (bias != null) {
        fill(mc, columns, bias, biasOffset + i, c, row, ldc);
      } else if (!overwrite) {
        scale(mc, columns, beta, c, row, ldc);
      }
      for (int p = 0; p < depth; p += KC) {
        int kc = Math.min(KC, depth - p);
        int packed = keepA ? packedA + macrokernel.packedAFloats(rows, p) + i * packedLd : packedA;
        if (packA && !aInPlace) {
          aRows.pack(
              a, aOffset, i0 + i, mc, p0 + p, kc, workspace, packed, packedLd, macrokernel.mr());
          scale(mc, kc, alpha, workspace, packed, packedLd);
        }
        int panels = packedB + p * Blocking.padded(columns, nr);
        int done = 0;
        if (packsOnTheWay && i == 0) {
          done =
              multiplyPacking(
                  mc,
                  columns,
                  kc,
                  packed,
                  b,
                  bOffset,
                  p0 + p,
                  j0,
                  workspace,
                  panels,
                  scratch,
                  overwrite && p == 0,
                  c,
                  row,
                  ldc);
          if (done == columns) {
            continue;
          }
        }
        macrokernel.run(
            mc,
            columns - done,
            kc,
            aInPlace ? (float[]) a : workspace,
            aInPlace ? (int) (aOffset + (long) (i0 + i) * lda + p0 + p) : packed,
            aInPlace ? lda : packedLd,
            !aInPlace,
            bInPlace ? (float[]) b : workspace,
            bInPlace ? (int) (bOffset + (long) (p0 + p) * ldb + j0) : panels + done * kc,
            bInPlace ? nr : kc * nr,
            bInPlace ? ldb : nr,
            !bInPlace,
            workspace,
            scratch,
            overwrite && p == 0,
            c,
            row + done,
            ldc);
      }
    }
  }

  /**
   * The first rows by the whole panels of a block of B, which are packed on the way; a last panel
   * that is not whole is only packed.
   *
   * @return the columns that are done
   */
  private int multiplyPacking(
      int mc,
      int columns,
      int kc,
      int packedA,
      Object b,
      long bOffset,
      int p,
      int j0,
      float[] workspace,
      int panels,
      int scratch,
      boolean overwrite,
      Object c,
      long cOffset,
      int ldc) {
    int nr = macrokernel.nr();
    int ld = bPanels.ldInPlace();
    int whole = columns / nr * nr;
    macrokernel.runPacking(
        mc,
        whole,
        kc,
        workspace,
        packedA,
        b,
        bOffset + (long) p * ld + j0,
        ld,
        workspace,
        panels,
        scratch,
        overwrite,
        c,
        cOffset,
        ldc);
    if (whole < columns) {
      // Rows as they stand need no scratch.
      bPanels.pack(
          b, bOffset, p, kc, j0 + whole, columns - whole, nr, workspace, panels + whole * kc, 0);
    }
    return whole;
  }

  /** Packs KC by KC, the blocks one behind the other. */
  private void packB(
      Object memory,
      long offset,
      int p0,
      int depth,
      int j0,
      int columns,
      float[] workspace,
      int packed,
      int scratch) {
    for (int p = 0; p < depth; p += KC) {
      int at = packed + p * Blocking.padded(columns, macrokernel.nr());
      int kc = Math.min(KC, depth - p);
      bPanels.pack(
          memory, offset, p0 + p, kc, j0, columns, macrokernel.nr(), workspace, at, scratch);
    }
  }

  /** Rows of the first block of so many that are left. */
  private int rowsOf(int left, int blockRows) {
    return left < blockRows + shortRows(blockRows) ? left : blockRows;
  }

  private int blockRows(boolean bInPlace) {
    // One panel has no neighbour in the row that its rows of C could be near to.
    if (k > KC || n <= macrokernel.nr()) {
      return macrokernel.mc();
    }
    return macrokernel.mcForOneBlock(!bInPlace);
  }

  /**
   * Fewer rows than these make no block of their own at the end: they would read all of B, and
   * tiles of two heights may not fill them.
   */
  private int shortRows(int blockRows) {
    return Math.max(blockRows / 2, macrokernel.filledRows());
  }

  /** Whether nothing is left of what C held, and nothing else is in its place. */
  private static boolean overwrites(float beta, Object bias) {
    return beta == 0 && bias == null;
  }

  private static void fill(
      int rows, int columns, Object bias, long biasOffset, Object c, long cOffset, int ldc) {
    for (int r = 0; r < rows; r++) {
      FloatMemory.fill(c, cOffset + (long) r * ldc, columns, FloatMemory.get(bias, biasOffset + r));
    }
  }

  private static void scale(
      int rows, int columns, float factor, Object memory, long offset, int ld) {
    if (factor != 1) {
      for (int r = 0; r < rows; r++) {
        FloatMemory.scale(memory, offset + (long) r * ld, columns, factor);
      }
    }
  }
}
