--
-- PostgreSQL database dump
--

\restrict 5SgyPU8V6sfgRhkZMHCgY2fJZPTgDmhwYwMmW2dHKvDUGNQ9KvHhxIrYtF2wKUw

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: f(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.f() RETURNS integer
    LANGUAGE plpgsql
    AS $$ begin return 1; -- ; '
 end $$;


ALTER FUNCTION public.f() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: people; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.people (
    cert character varying(18) NOT NULL,
    who text NOT NULL,
    cell_no text,
    home text,
    mail text,
    born date
);


ALTER TABLE public.people OWNER TO postgres;

--
-- Data for Name: people; Type: TABLE DATA; Schema: public; Owner: postgres
--

COPY public.people (cert, who, cell_no, home, mail, born) FROM stdin;
110101199003077731	王小明	13800138000	北京市东城区东华门街道1号	wang@example.com	1990-03-07
31010419851224101X	李娜	13912345678	上海市徐汇区漕溪北路398号 "A"座	li.na@example.org	1985-12-24
440305200002290029	张伟, 大	18600001111	广东省深圳市南山区科苑路15号\n后门	zhang@example.net	2000-02-29
510104197707010038	刘'芳	15911112222	四川省成都市锦江区春熙路\\1号	liu@example.com	1977-07-01
650102196606060048	买买提·艾力	17700002222	新疆维吾尔自治区乌鲁木齐市天山区人民路2号	\N	1966-06-06
\.


--
-- Name: people people_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (cert);


--
-- PostgreSQL database dump complete
--

\unrestrict 5SgyPU8V6sfgRhkZMHCgY2fJZPTgDmhwYwMmW2dHKvDUGNQ9KvHhxIrYtF2wKUw

