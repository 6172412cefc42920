// SPDX-License-Identifier: Apache-2.0
/** What the seed documents measured: their networks' training steps, and the tables of seed 004. */
package dev.lanewise.jmh.seeds;
