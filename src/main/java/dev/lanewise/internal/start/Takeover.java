// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * When a vector kernel takes over from its scalar form.
 *
 * <p>Rent, then buy: a process that needs little computes it with scalars and ends before C2 would
 * have compiled a vector kernel. Only after {@link #PATIENCE_NANOS} of scalar work of a kernel does
 * the calling thread try its vector form out as well, on a few zeros of its own; that is also what
 * makes C2 compile it. Trials that are fast several times in a row end it. No count of calls would
 * do: C2 often throws its first version away.
 *
 * <p>Each kernel earns its trials by itself, so that those with most of the work come first. Before
 * a kernel C2 compiles the insides of the vector module that it calls while it is not compiled, and
 * these take C2 several times as long as the kernels: shuffles and masks of helpers, tried at the
 * same time, would keep the kernels that matter in C2's queue for another second (JDK 25).
 *
 * <p>Once one has taken over, the others follow after a little work, mostly one after the other:
 * they find C2 free, and the process is none of those that end at once.
 *
 * <p>A kernel that C2 got wrong, its vectors left on the heap, never passes. After a while of that
 * a {@linkplain Candidate#renew fresh copy} is tried, since only a class that C2 has not seen gets
 * another chance; after several the trials become rare, and scalars go on.
 *
 * <p>Safe in any number of threads, without order between them: a thread that sees an old value
 * calls the scalar form once more, which computes the same.
 *
 * <p>The system property {@code dev.lanewise.start} fixes the form for tests: {@code vector} or
 * {@code scalar}; any other value does not. With {@code vector} nobody asks whether there is a
 * compiler for them.
 */
public final class Takeover {
  /** A kernel that may take over. */
  public interface Candidate {
    /** Runs the vector kernel once on memory of its own; about how many vectors it computed. */
    int trial();

    /** Replaces the vector kernel by a copy that C2 has never seen, if it can. */
    default void renew() {}
  }

  /** Scalar work of a kernel before its first trial. */
  private static final long PATIENCE_NANOS = 12_000_000;

  /**
   * The same of the process's first kernel: more than a small network's first call, which the JVM
   * interprets and which should not wait for the tenth of a second that a trial takes.
   */
  private static final long FIRST_PATIENCE_NANOS = 25_000_000;

  /**
   * The same when a kernel has taken over, so that this is no short process, and none was tried a
   * moment ago, so that C2 is free: kernels with little work would otherwise need seconds to earn a
   * trial that takes a tenth of one.
   */
  private static final long NEXT_PATIENCE_NANOS = 2_000_000;

  /** How long after a trial C2 is taken to be still at work on its kernel. */
  private static final long BUSY_NANOS = 200_000_000;

  /**
   * Time for the first trials of each kernel, about what C2 needs: one that works little beside
   * others would take seconds to earn it.
   */
  private static final long ADVANCE_NANOS = 100_000_000;

  /** Trials take so many times as long as the scalar work of their kernel from then on. */
  private static final int SHARE = 4;

  /** What one vector may take: compiled well it is less than 1, on the heap more than 20. */
  private static final int FAST_NANOS = 4;

  /** As many trials in a row must be fast. */
  private static final int FAST_TRIALS = 3;

  /** After so long a copy is tried; a busy C2 may need seconds for a healthy one. */
  private static final long STUCK_NANOS = 4_000_000_000L;

  private static final int COPIES = 2;

  /** Of the scalar time, what trials take once all copies have failed: a 16th. */
  private static final int RARE = 16;

  /** The longest that threads that want to be warm wait for one kernel. */
  private static final long EAGER_NANOS = 1_000_000_000;

  /** Of trials between pauses, which leave the core to C2, where they have done their part. */
  private static final int PAUSE_AFTER = 6000;

  private static final int PAUSE_EVERY = 100;
  private static final long PAUSE_NANOS = 500_000;

  private static final String FORM = System.getProperty("dev.lanewise.start", "");
  private static final boolean ONLY_SCALAR = FORM.equals("scalar");

  /**
   * Of a thread that wants to be warm the nanoseconds that it has left for trials, and how many
   * were in vain since {@link #waits}; null in all others.
   */
  private static final ThreadLocal<long[]> EAGER = new ThreadLocal<>();

  /** What kernels know of each other. */
  static final class Company {
    /** Whether any kernel has been tried. */
    private volatile boolean anyTried;

    /** Whether the trials of any have passed. */
    private volatile boolean anyPassed;

    /** Until when C2 is taken to be at work on a kernel that is being tried. */
    private volatile long busyUntil;
  }

  private static final Company PROCESS = new Company();

  private final LongSupplier nanoTime;
  private final Company company;
  private boolean done = FORM.equals("vector");

  /** Not atomic: a lost update only makes it a little more patient. */
  private long scalarNanos;

  /** Time left for trials: an advance and what scalar work has earned. */
  private long owed = ADVANCE_NANOS;

  private long trialNanos;
  private int trials;
  private int fast;
  private int copies;

  /** Whether its trials have begun. */
  private boolean begun;

  /** Watches over one kernel. */
  public Takeover() {
    this(null, PROCESS);
  }

  /** With another clock and company, for tests; a clock of null is the machine's. */
  Takeover(LongSupplier nanoTime, Company company) {
    this.nanoTime = nanoTime;
    this.company = company;
  }

  /** Whether the vector kernel is to run. */
  public boolean done() {
    return done;
  }

  /**
   * To be told how long each call of the scalar form took.
   *
   * @return whether it is time for {@link #tryOut}; a candidate need not be made before
   */
  public boolean isDue(long nanos) {
    if (ONLY_SCALAR || done) {
      return false;
    }
    scalarNanos += nanos;
    long[] eager = EAGER.get();
    boolean eagerly = isEager(eager);
    if (!eagerly && !begun && scalarNanos <= patience()) {
      waitsLonger(eager);
      return false;
    }
    if (VectorCompiler.WHY_NONE != null) {
      return false;
    }
    if (!eagerly) {
      begun = true;
      owed += isGivenUp() ? nanos / RARE : nanos * SHARE;
    }
    return true;
  }

  /** Tries the vector kernel; to be called when {@link #isDue} has said so. */
  public void tryOut(Candidate candidate) {
    long[] eager = EAGER.get();
    if (isEager(eager)) {
      long most = Math.min(eager[0], EAGER_NANOS - trialNanos);
      owed = most;
      tryOut(candidate, true);
      eager[0] -= most - owed;
    } else {
      tryOut(candidate, false);
    }
    if (!done) {
      waitsLonger(eager);
    }
  }

  /** {@link #isDue}, and if so {@link #tryOut}. */
  public void scalar(long nanos, Candidate candidate) {
    if (isDue(nanos)) {
      tryOut(candidate);
    }
  }

  private boolean isEager(long[] eager) {
    return eager != null && eager[0] > 0 && trialNanos < EAGER_NANOS;
  }

  private static void waitsLonger(long[] eager) {
    if (eager != null) {
      eager[1]++;
    }
  }

  /**
   * Runs something whose kernels are to take over at once, not after a while.
   *
   * @param nanos what their trials may take, all together; a kernel that C2 has not compiled by
   *     then, because it is busy or because it never will, goes on as in any other thread
   */
  public static void eagerly(long nanos, Runnable work) {
    EAGER.set(new long[] {nanos, 0});
    try {
      work.run();
    } finally {
      EAGER.remove();
    }
  }

  /** In the work of {@link #eagerly}: whether scalars ran since it was last asked. */
  public static boolean waits() {
    long[] eager = EAGER.get();
    boolean waits = eager[1] > 0;
    eager[1] = 0;
    return waits;
  }

  private long patience() {
    if (!company.anyTried) {
      return FIRST_PATIENCE_NANOS;
    }
    return company.anyPassed && now() - company.busyUntil >= 0
        ? NEXT_PATIENCE_NANOS
        : PATIENCE_NANOS;
  }

  private void tryOut(Candidate candidate, boolean pausing) {
    company.anyTried = true;
    while (!done && owed > 0) {
      long start = now();
      int vectors = candidate.trial();
      long taken = now() - start;
      fast = taken <= (long) vectors * FAST_NANOS ? fast + 1 : 0;
      if (fast >= FAST_TRIALS) {
        done = true;
      } else if (!isGivenUp()) {
        company.busyUntil = start + taken + BUSY_NANOS;
      }
      trials++;
      owed -= taken;
      trialNanos += taken;
      if (pausing && trials > PAUSE_AFTER && trials % PAUSE_EVERY == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
        owed -= PAUSE_NANOS;
      }
    }
    if (done) {
      company.busyUntil = now();
      company.anyPassed = true;
    }
    if (!done && isStuck() && copies < COPIES) {
      candidate.renew();
      copies++;
      trialNanos = 0;
      trials = 0;
    }
  }

  private long now() {
    return nanoTime == null ? System.nanoTime() : nanoTime.getAsLong();
  }

  private boolean isStuck() {
    return trialNanos > STUCK_NANOS;
  }

  /** Whether no copy is left to hope for. */
  private boolean isGivenUp() {
    return copies == COPIES && isStuck();
  }
}
